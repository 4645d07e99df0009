"""The account's security and an invitation's link in a real browser. Pictures are left in artefacts/browser."""

import re

UNIT = "x00691-2025"


def test_a_second_factor_is_switched_on_asked_for_and_replaced_by_a_recovery_code(play, newcomer):
    found = play("security", account=newcomer())
    assert found == {"recovery_codes": 10, "places": 1}


def test_an_invited_person_opens_the_letters_link_and_has_the_role(play, front, platform, hoithi, newcomer, eventually):
    account = newcomer()
    hoithi("invite", "send", account["identifier"], "officer", "unit", UNIT)

    def token() -> str | None:
        letters = front.get(f"{platform.mail_url}/email").json()
        ours = [each for each in letters if any(to["address"] == account["identifier"] for to in each["to"])]
        links = (re.search(r"#/invitation/([\w-]+)", each["text"]) for each in ours)
        return next((link.group(1) for link in links if link), None)

    play("invitation", token=eventually(token), account=account)
    entered = front.post("/api/registration/sign-in", json={name: account[name] for name in ("identifier", "password")})
    assert entered.json()["user"]["roles"] == [f"officer:unit:{UNIT}"]
