"""A replica set of three behind proxies: the parts still find each other, and any pair of them can be disturbed."""

import time

import pytest
from kombu import Connection
from pymongo import MongoClient
from pymongo.errors import ConnectionFailure

from hoithi_native import waiting
from hoithi_native.network_proxy import Rule
from hoithi_native.testing import free_instance


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """Engines only, three members, proxied."""
    made = free_instance(tmp_path_factory.mktemp("behind"), mongo_members=3, proxied=True)
    try:
        made.start_engines()
        yield made
    finally:
        made.stop()


@pytest.fixture(autouse=True)
def calm(behind):
    yield
    behind.network.calm()


def exam(behind, **options):
    return MongoClient(behind.mongo_uri("exam"), **options)


def test_a_service_finds_all_members_at_the_proxies(behind):
    with exam(behind) as client:
        client.get_default_database().papers.insert_one({})
        assert {port for _, port in client.nodes} == set(behind.ports.mongo_members)
    assert not any(waiting.listens(port, "127.0.0.3") for port in behind.ports.mongo_members)


def test_members_talk_through_the_proxies_and_are_known_by_name(behind):
    assert ["mongod", "mongod-1"] in behind.network.connections()


def test_a_reset_cuts_open_connections_and_new_ones(behind):
    with Connection(behind.amqp_uri("exam")) as connection:
        connection.connect()
        behind.network.disturb("other", "rabbitmq", "reset")
        with pytest.raises(OSError):
            connection.drain_events(timeout=2)
    with pytest.raises(OSError):
        Connection(behind.amqp_uri("exam")).connect()


def test_a_black_hole_is_silent_and_gives_back_what_was_sent(behind):
    with exam(behind, socketTimeoutMS=4000, serverSelectionTimeoutMS=4000, retryReads=False) as client:
        client.admin.command("ping")
        behind.network.disturb("other", "mongodb", "black-hole")
        with pytest.raises(ConnectionFailure):
            client.admin.command("ping")
        behind.network.calm("other", "mongodb")
        waiting.until(lambda: pings(client), "MongoDB")


def pings(client):
    try:
        return client.admin.command("ping")
    except ConnectionFailure:
        return False


@pytest.mark.parametrize("mode, values", [("loss", {"share": 0.3, "seed": 1}), ("delay", {"seconds": 0.05})])
def test_a_bad_line_is_slow_but_lets_everything_through(behind, mode, values):
    with exam(behind) as client:
        papers = client.get_default_database().papers
        papers.delete_many({})
        behind.network.disturb("other", "mongodb", mode, **values)
        began = time.monotonic()
        for number in range(20):
            papers.insert_one({"_id": number})
        assert time.monotonic() - began > 1
        behind.network.calm()
        assert papers.count_documents({}) == 20


def test_a_rule_concerns_its_pair_only():
    rule = Rule("exam-doors-0", "mongodb", "reset")
    assert rule.concerns("exam-doors-0", "mongod-2")
    assert not rule.concerns("exam-doors-0", "rabbitmq")
    assert not rule.concerns("exam-doors-1", "mongod")
    assert not Rule("mongod", "mongodb", "reset").concerns("mongod", "mongod")


def test_an_unknown_disturbance_is_refused(behind):
    with pytest.raises(ValueError, match="no such mode"):
        behind.network.disturb("other", "rabbitmq", "flood")


def test_a_killed_primary_loses_nothing_that_was_acknowledged(behind):
    with exam(behind, serverSelectionTimeoutMS=60000) as client:
        database = client.get_default_database()
        database.papers.delete_many({})
        database.papers.insert_one({"_id": "before"})
        address = client.primary
        behind.supervise("kill", next(name for name, port in behind.mongodb.members.items() if port == address[1]))
        database.papers.insert_one({"_id": "after"})
        assert {paper["_id"] for paper in database.papers.find()} == {"before", "after"}
