"""MongoDB as a replica set of one (or, for fault tests, three), with a database and a user of its own per service."""

import os
from urllib.parse import urlencode, urlsplit

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from hoithi_native import rendering, waiting
from hoithi_native.credentials import SERVICES
from hoithi_native.mongod_build import find_mongod

REPLICA_SET = "hoithi"
OPTIONS = {
    "w": "majority",
    "journal": "true",
    "serverSelectionTimeoutMS": "5000",
    "connectTimeoutMS": "5000",
    "heartbeatFrequencyMS": "5000",
}
PROGRAMS = ("mongod", "mongod-1", "mongod-2")
"""The supervised program of each member of a set of three; a set of one has the first."""
ELECTION_MS = 4000
"""Without a primary for this long, the others elect one. MongoDB's 10 s would make most of a fault test waiting."""
LEAST_CACHE_GB, CACHE_SHARE = 0.5, 0.25
"""Of the machine's memory. A launch writes some megabytes a second; when a fifth of the cache is dirty (WiredTiger's
eviction_dirty_trigger), the writers themselves have to wait for the disk."""
_AUTHENTICATION_FAILED = 18
_ALREADY_INITIALIZED = 23


class MongoDB:
    """The database engine of one instance; with `external` (a URL) it only makes the users.

    `host` is where the members listen. The set's configuration, and so every client, knows them at 127.0.0.1: with
    another `host` a proxy stands there.
    """

    def __init__(self, folders, ports, credentials, external=None, members=1, host="127.0.0.1"):
        if members not in (1, len(PROGRAMS)):
            raise ValueError(f"a replica set here has 1 or {len(PROGRAMS)} members, not {members}")
        self.folders = folders
        self.credentials = credentials
        self.external = external
        self.host = host
        self.members = {} if external else dict(zip(PROGRAMS[:members], ports.mongo_members, strict=False))

    def uri(self, service):
        """The connection string of a service: its own database, acknowledged by a majority."""
        parts = urlsplit(self.external or f"mongodb://{self._advertised()}/?replicaSet={REPLICA_SET}")
        hosts = parts.netloc.rpartition("@")[2]
        query = "&".join(filter(None, [_without_auth(parts.query), f"authSource={service}", urlencode(OPTIONS)]))
        return f"{parts.scheme}://{service}:{self._password(service)}@{hosts}/{service}?{query}"

    def programs(self, report):
        """The supervised members as (name, command, environment); none when the database is somebody else's."""
        if self.external:
            return []
        mongod = find_mongod(report)
        return [(name, [str(mongod.binary), "--config", str(self._configure(name))], mongod.environment) for name in self.members]

    def make_ready(self, hint):
        """Initiates the replica set and makes the users; quiet when that is already done."""
        for name, port in self.members.items():
            waiting.until(lambda port=port: waiting.listens(port, self.host), "MongoDB", hint=lambda name=name: hint(name))
        if self.members:
            self._initiate_once()
        with self.admin() as client:
            for service in SERVICES:
                self._ensure_user(client[service], service)

    def drop(self, keep_indexes):
        """Empties the services' databases; with `keep_indexes` the collections stay."""
        with self.admin() as client:
            for service in SERVICES:
                _empty(client[service]) if keep_indexes else client.drop_database(service)

    def admin_uri(self):
        """The connection string with every right: a backup needs it (docs/decisions/0076)."""
        return self.external or f"mongodb://admin:{self._password('admin')}@{self._advertised()}/?replicaSet={REPLICA_SET}"

    def admin(self):
        """A client with every right, at the primary."""
        if self.external:
            return MongoClient(self.external)
        if len(self.members) == 1:
            return self.direct("mongod")
        hosts, options = self._advertised(), {"replicaSet": REPLICA_SET, "w": "majority", **self._as_admin()}
        return MongoClient(f"mongodb://{hosts}/", serverSelectionTimeoutMS=15000, **options)

    def direct(self, member):
        """A client with every right at one member (mongod, mongod-1, mongod-2), whatever its state."""
        return self._direct(member, **self._as_admin())

    def _as_admin(self):
        return {"username": "admin", "password": self.credentials.read("mongo-admin")}

    def _direct(self, member, **options):
        port = self.members[member]
        return MongoClient(self.host, port, directConnection=True, serverSelectionTimeoutMS=5000, **options)

    def _advertised(self):
        return ",".join(f"127.0.0.1:{port}" for port in self.members.values())

    def _configure(self, name):
        data = self.folders.data / name.replace("mongod", "mongo")
        data.mkdir(parents=True, exist_ok=True)
        alone = len(self.members) == 1
        rendering.render(
            "mongod.conf.j2",
            self.folders.etc / f"{name}.conf",
            host=self.host,
            port=self.members[name],
            replica_set=REPLICA_SET,
            data=data,
            keyfile=self.credentials.path("mongo-keyfile"),
            cache_gb=_cache_gb(len(self.members)),
            hand_over_ms=100 if alone else 5000,
        )
        return self.folders.etc / f"{name}.conf"

    def _initiate_once(self):
        if self._admin_exists():
            waiting.until(self._has_primary, "MongoDB's replica set")
            return
        # Without any user, mongod trusts connections from its own machine: just long enough.
        with self._direct("mongod") as client:
            _initiate(client, list(self.members.values()))
        waiting.until(self._first_primary, "MongoDB's replica set")
        with self._direct(self._first_primary()) as client:
            client.admin.command("createUser", "admin", pwd=self.credentials.read("mongo-admin"), roles=["root"])

    def _first_primary(self):
        """The member that is the primary while there is no user yet."""
        for name in self.members:
            with self._direct(name) as client:
                if _is_primary(client):
                    return name
        return None

    def _has_primary(self):
        try:
            with self.admin() as client:
                return _is_primary(client)
        except PyMongoError:
            return False

    def _admin_exists(self):
        try:
            with self.direct("mongod") as client:
                client.admin.command("ping")
            return True
        except OperationFailure as failure:
            if failure.code != _AUTHENTICATION_FAILED:
                raise
            return False

    def _ensure_user(self, database, service):
        known = {user["user"] for user in database.command("usersInfo")["users"]}
        if service in known:
            return
        roles = [{"role": role, "db": service} for role in ("readWrite", "dbAdmin")]
        database.command("createUser", service, pwd=self._password(service), roles=roles)

    def _password(self, service):
        return self.credentials.read(f"mongo-{service}")


def _cache_gb(members):
    """Gigabytes for each mongod of the instance; HOITHI_MONGO_CACHE_GB, or a quarter of the memory among them."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    share = round(memory_gb * CACHE_SHARE / members, 2)
    return float(os.environ.get("HOITHI_MONGO_CACHE_GB") or max(LEAST_CACHE_GB / members, share))


def _initiate(client, ports):
    members = [{"_id": number, "host": f"127.0.0.1:{port}"} for number, port in enumerate(ports)]
    settings = {"settings": {"electionTimeoutMillis": ELECTION_MS}} if len(ports) > 1 else {}
    try:
        client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": members, **settings})
    except OperationFailure as failure:
        if failure.code != _ALREADY_INITIALIZED:
            raise


def _is_primary(client):
    try:
        return client.admin.command("hello").get("isWritablePrimary", False)
    except PyMongoError:
        return False


def _empty(database):
    for name in database.list_collection_names(filter={"type": "collection"}):
        if not name.startswith("system."):
            database[name].delete_many({})


def _without_auth(query):
    kept = [pair for pair in query.split("&") if pair and not pair.startswith(("authSource=", "w=", "journal="))]
    return "&".join(kept)
