"""MongoDB as a replica set of one, with a database and a user of its own per service."""

from urllib.parse import urlencode, urlsplit

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from hoithi_native import rendering, waiting
from hoithi_native.credentials import SERVICES
from hoithi_native.mongod_build import find_mongod

REPLICA_SET = "hoithi"
OPTIONS = {"w": "majority", "journal": "true", "serverSelectionTimeoutMS": "5000"}
_AUTHENTICATION_FAILED = 18
_ALREADY_INITIALIZED = 23


class MongoDB:
    """The database engine of one instance; with `external` (a URL) it only makes the users."""

    def __init__(self, folders, ports, credentials, external=None):
        self.folders = folders
        self.port = ports.mongo
        self.credentials = credentials
        self.external = external

    def uri(self, service):
        """The connection string of a service: its own database, acknowledged by a majority."""
        parts = urlsplit(self.external or f"mongodb://127.0.0.1:{self.port}/?replicaSet={REPLICA_SET}")
        hosts = parts.netloc.rpartition("@")[2]
        query = "&".join(filter(None, [_without_auth(parts.query), f"authSource={service}", urlencode(OPTIONS)]))
        return f"{parts.scheme}://{service}:{self._password(service)}@{hosts}/{service}?{query}"

    def program(self, report):
        """The supervised program, or None when the database is somebody else's."""
        if self.external:
            return None
        mongod = find_mongod(report)
        config = self.folders.etc / "mongod.conf"
        rendering.render(
            "mongod.conf.j2",
            config,
            port=self.port,
            replica_set=REPLICA_SET,
            data=self.folders.data / "mongo",
            keyfile=self.credentials.path("mongo-keyfile"),
        )
        (self.folders.data / "mongo").mkdir(parents=True, exist_ok=True)
        return [str(mongod.binary), "--config", str(config)], mongod.environment

    def make_ready(self, hint):
        """Initiates the replica set and makes the users; quiet when that is already done."""
        if not self.external:
            waiting.until(lambda: waiting.listens(self.port), "MongoDB", hint=hint)
            self._initiate_once()
        with self.admin() as client:
            for service in SERVICES:
                self._ensure_user(client[service], service)

    def drop(self, keep_indexes):
        """Empties the four databases; with `keep_indexes` the collections stay."""
        with self.admin() as client:
            for service in SERVICES:
                _empty(client[service]) if keep_indexes else client.drop_database(service)

    def admin(self):
        """A client with every right."""
        if self.external:
            return MongoClient(self.external)
        return self._direct(username="admin", password=self.credentials.read("mongo-admin"))

    def _direct(self, **options):
        return MongoClient("127.0.0.1", self.port, directConnection=True, serverSelectionTimeoutMS=5000, **options)

    def _initiate_once(self):
        if self._admin_exists():
            with self.admin() as client:
                _wait_for_primary(client)
            return
        # Without any user, mongod trusts connections from its own machine: just long enough.
        with self._direct() as client:
            _initiate(client, self.port)
            _wait_for_primary(client)
            client.admin.command("createUser", "admin", pwd=self.credentials.read("mongo-admin"), roles=["root"])

    def _admin_exists(self):
        try:
            with self.admin() as client:
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


def _initiate(client, port):
    members = [{"_id": 0, "host": f"127.0.0.1:{port}"}]
    try:
        client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": members})
    except OperationFailure as failure:
        if failure.code != _ALREADY_INITIALIZED:
            raise


def _wait_for_primary(client):
    waiting.until(lambda: _is_primary(client), "MongoDB's replica set")


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
