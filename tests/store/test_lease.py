"""A turn is one owner's, and over with its work."""

import pytest

from hoithi_store import Lease


def test_a_turn_is_given_back_with_the_work_and_not_left_to_run_out(database):
    lease = Lease(database)
    with lease.turn("sweep", "one", 60) as mine:
        assert mine and not lease.hold("sweep", "another", 60)
    assert database["leases"].count_documents({}) == 0


def test_work_that_fails_gives_its_turn_back_too(database):
    lease = Lease(database)
    with pytest.raises(ValueError), lease.turn("sweep", "one", 60):
        raise ValueError
    assert lease.hold("sweep", "another", 60)


def test_who_had_no_turn_takes_nobodys_away(database):
    lease = Lease(database)
    assert lease.hold("sweep", "one", 60)
    with lease.turn("sweep", "another", 60) as mine:
        assert not mine
    assert lease.hold("sweep", "one", 60) and not lease.hold("sweep", "another", 60)
