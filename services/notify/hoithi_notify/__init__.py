"""hoithi notify: messages to people, one delivery per person and occasion."""
