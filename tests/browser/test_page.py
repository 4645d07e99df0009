"""The page in a real browser against the whole platform. Pictures of its states are left in artefacts/browser."""

import secrets

import pytest


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_pupil_comes_joins_takes_part_and_keeps_a_receipt_anybody_can_check(play, contest, scheme):
    found = play("journey", f"journey-{scheme}", contest=contest(), email=f"{secrets.token_hex(5)}@example.org", scheme=scheme)
    assert found["questions"] == 20
