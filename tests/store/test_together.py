"""Group commit: nobody is forgotten, nobody gets another's outcome, whatever happens to the leader."""

import eventlet
import pytest
from eventlet import GreenPool

from hoithi_store import UNAVAILABLE, Together
from hoithi_store.together import Interrupted


class Slow:
    """Doubles numbers, one group at a time, remembering the groups."""

    def __init__(self, seconds=0.01):
        self.groups, self.seconds, self.at_once = [], seconds, 0

    def __call__(self, items):
        self.at_once += 1
        assert self.at_once == 1
        self.groups.append(items)
        eventlet.sleep(self.seconds)
        self.at_once -= 1
        return [item * 2 if item >= 0 else ValueError(item) for item in items]


def test_who_comes_while_a_group_is_under_way_goes_together():
    slow = Slow()
    together = Together(slow)
    assert list(GreenPool(100).imap(together, range(100))) == [2 * number for number in range(100)]
    assert slow.groups == [[0], list(range(1, 100))]


def test_the_next_group_is_under_way_before_the_callers_of_the_last_go_on():
    order = []

    def run(items):
        order.append(f"group {items}")
        eventlet.sleep(0.01)
        return items

    together = Together(run, most=2)
    list(GreenPool(10).imap(lambda number: order.append(together(number)), range(5)))
    assert order == ["group [0]", 0, "group [1, 2]", 1, "group [3, 4]", 2, 3, 4]  # 1 leads the second group


def test_groups_are_bounded_and_keep_the_order():
    slow = Slow()
    assert list(GreenPool(100).imap(Together(slow, most=10), range(41)))[40] == 80
    assert [len(group) for group in slow.groups] == [1, 10, 10, 10, 10]
    assert [number for group in slow.groups for number in group] == list(range(41))


def test_a_lone_caller_waits_for_nobody():
    slow = Slow(seconds=0)
    together = Together(slow, pace_s=60)
    with eventlet.Timeout(5):
        assert together(1) == 2
    assert slow.groups == [[1]]


def test_under_load_groups_keep_their_pace():
    slow = Slow(seconds=0)
    together = Together(slow, pace_s=0.2)
    together(0)
    assert list(GreenPool(10).imap(together, range(10))) == [2 * number for number in range(10)]
    assert slow.groups == [[0], list(range(10))]


def test_an_outcome_that_is_an_exception_is_its_callers_alone():
    together = Together(Slow())
    calls = [eventlet.spawn(together, number) for number in (1, -2, 3)]
    assert calls[0].wait() == 2 and calls[2].wait() == 6
    with pytest.raises(ValueError, match="-2"):
        calls[1].wait()


def test_what_the_run_raises_is_everybodys_and_the_next_group_goes_on():
    broken = [True]

    def run(items):
        eventlet.sleep(0.01)
        if broken[0]:
            raise ConnectionError("away")
        return items

    together = Together(run)
    calls = [eventlet.spawn(together, number) for number in range(3)]
    for call in calls:
        with pytest.raises(ConnectionError):
            call.wait()
    broken[0] = False
    assert together(7) == 7


@pytest.mark.parametrize("while_waiting_for_company", [False, True])
def test_a_stopped_leader_leaves_nobody_waiting(while_waiting_for_company):
    slow = Slow(seconds=0.2)
    together = Together(slow, pace_s=0.4 if while_waiting_for_company else 0)
    if while_waiting_for_company:
        together(0)
    leader = eventlet.spawn(together, 1)
    eventlet.sleep(0.05)
    others = [eventlet.spawn(together, number) for number in (2, 3)]
    eventlet.sleep(0.05)
    leader.kill()
    slow.at_once = 0
    with eventlet.Timeout(5):
        assert [call.wait() for call in others] == [4, 6]
        assert together(5) == 10


def test_followers_of_a_stopped_leader_know_that_nothing_is_known():
    slow = Slow(seconds=0.3)
    together = Together(slow, pace_s=0.5)
    together(0)
    leader, follower = eventlet.spawn(together, 1), eventlet.spawn(together, 2)
    eventlet.sleep(0.35)  # both are in the group that has just begun
    leader.kill()
    with pytest.raises(Interrupted):
        follower.wait()
    assert Interrupted in UNAVAILABLE
