"""Registration's doors with fast password hashing, a few real units, and people who join."""

import itertools

import pytest

VIETNAM_PHONES = itertools.count(912_000_000)
FAST = {"memory_kib": 64, "rounds": 1, "lanes": 1, "at_once": 2, "most_waiting": 100}
UNITS = [
    {"id": "t02", "name": "Tỉnh Hà Giang", "kind": "province", "tree": "administrative", "valid_from": "2020-01-01"},
    {
        "id": "x1",
        "name": "Xã Đồng Văn",
        "kind": "commune",
        "tree": "administrative",
        "valid_from": "2020-01-01",
        "parent_id": "t02",
    },
    {
        "id": "x2",
        "name": "Phường Quang Trung",
        "kind": "ward",
        "tree": "administrative",
        "valid_from": "2020-01-01",
        "parent_id": "t02",
    },
    {
        "id": "x3",
        "name": "Xã Tả Lủng",
        "kind": "commune",
        "tree": "administrative",
        "valid_from": "2020-01-01",
        "valid_to": "2025-07-01",
        "parent_id": "t02",
    },
    {"id": "p1", "name": "Đảng bộ tỉnh Hà Giang", "kind": "party-committee", "tree": "party", "valid_from": "2020-01-01"},
]
CONSENT = [{"purpose": "contest", "version": "2026-01"}]
ORGANISER = ("organiser:contest:*",)
OPERATOR = ("operator:platform:*",)


def make_application(**changes) -> dict:
    body = {
        "name": "Vàng Thị Mỷ",
        "birth_date": "1990-03-08",
        "phone": f"0{next(VIETNAM_PHONES)}",
        "password": "mot-mat-khau-dai",
        "division": "citizens",
        "unit_id": "x1",
        "consents": CONSENT,
    } | changes
    return {name: value for name, value in body.items() if value is not None}


@pytest.fixture
def application():
    """`application(**changes)`: the body of a valid registration; None leaves a field out."""
    return make_application


@pytest.fixture
def bearer():
    """`bearer(body)`: the header of requests of somebody who joined or signed in."""
    return lambda signed_in: {"Authorization": f"Bearer {signed_in['access_token']}"}


@pytest.fixture
def reasons():
    """`reasons(answer)`: field -> code of a problem answer."""

    def read(answer) -> dict:
        assert answer.headers["Content-Type"] == "application/problem+json", answer.text
        return {error["field"]: error["code"] for error in answer.json().get("errors", [])}

    return read


@pytest.fixture
def organiser(auth):
    """The header of an organiser's requests."""
    return auth(user_id="organiser1", roles=ORGANISER)


@pytest.fixture
def operator(auth):
    """The header of an operator's requests."""
    return auth(user_id="operator1", roles=OPERATOR)


@pytest.fixture
def doors(database, serve):
    """A client of registration's doors; nobody but the first operator is there, and no unit."""
    from hoithi_registration.service import Doors

    return serve(Doors, password=FAST).client


@pytest.fixture
def province(doors, organiser):
    """The doors, with UNITS imported."""
    answer = doors.post("/units", json={"units": UNITS}, headers=organiser)
    assert answer.status_code == 200, answer.text
    return doors


@pytest.fixture
def joined(province):
    """`joined(**changes)`: the answer's body of a successful registration."""

    def join(**changes) -> dict:
        answer = province.post("/join", json=make_application(**changes))
        assert answer.status_code == 201, answer.text
        return answer.json()

    return join
