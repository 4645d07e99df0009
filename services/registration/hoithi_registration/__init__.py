"""The registration service of hoithi: people, units, rosters, roles."""
