"""The use cases of notify: hear a fact, spread it to its audience, send what is due, answer who asks."""

from hoithi_notify.handlers.asking import deliveries, delivery, export, my_messages, occasions, retry, template, templates
from hoithi_notify.handlers.hearing import forget_person, hear, invited, note_people, password_forgotten
from hoithi_notify.handlers.sending import Office, forget_last_letters, send_due
from hoithi_notify.handlers.spreading import spread

__all__ = [
    "Office",
    "deliveries",
    "delivery",
    "export",
    "forget_last_letters",
    "forget_person",
    "hear",
    "invited",
    "my_messages",
    "note_people",
    "occasions",
    "password_forgotten",
    "retry",
    "send_due",
    "spread",
    "template",
    "templates",
]
