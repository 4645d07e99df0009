"""The whole platform through the front door: its fixtures stand in tests/conftest.py."""

import pytest


@pytest.fixture(scope="session")
def rehearsal(hoithi, demo):
    """The report of a whole contest: 200 people, four compressed weeks."""
    return hoithi("rehearse", "--people", "200", "--seed", "7")
