"""Which database a service has, and whether somebody works on it."""

import os

import httpx
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import ConfigurationError, InvalidURI, OperationFailure, PyMongoError

from hoithi_cli.backup.swapping import present
from hoithi_cli.platform import SERVICES
from hoithi_cli.trouble import Trouble, Unreachable, WrongUsage

TIMEOUT_S = 4.0


def uris(known: dict[str, str], given: list[str], wanted: list[str] | None) -> dict[str, str]:
    """Service -> MongoDB URI from platform.json, the environment and --mongo-uri, in rising order of weight."""
    environment = {service: os.environ.get(f"HOITHI_MONGO_URI_{service.upper()}") for service in SERVICES}
    found = {**known, **{name: uri for name, uri in environment.items() if uri}, **_pairs(given)}
    services = wanted or [service for service in SERVICES if service in found]
    missing = [service for service in services if service not in found]
    if missing or not services:
        raise WrongUsage(
            f"the database of {', '.join(missing) or 'every service'} is not known: `make up` writes it to platform.json; "
            "elsewhere give --mongo-uri SERVICE=URI or HOITHI_MONGO_URI_<SERVICE>"
        )
    return {service: found[service] for service in dict.fromkeys(services)}


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    wrong = [service for service, _, uri in pairs if service not in SERVICES or not uri]
    if wrong:
        raise WrongUsage(f"--mongo-uri: write SERVICE=URI, SERVICE one of {', '.join(SERVICES)}")
    return {service: uri for service, _, uri in pairs}


def connect(service: str, uri: str) -> Database:
    """The database in the URI, answering; raises WrongUsage or Unreachable, which never show the URI."""
    try:
        database = MongoClient(uri, appname="hoithi-backup", serverSelectionTimeoutMS=5000).get_default_database()
        database.list_collection_names()
    except (ConfigurationError, InvalidURI, ValueError) as error:
        raise WrongUsage(f"the MongoDB URI of {service} cannot be used: {type(error).__name__}") from error
    except OperationFailure as error:
        raise Trouble(f"MongoDB refuses the user of {service}: {error.details and error.details.get('codeName')}") from error
    except PyMongoError as error:
        raise Unreachable(f"the database of {service} does not answer: {type(error).__name__}") from error
    return database


def documents_in(database: Database) -> dict[str, int]:
    """Collection -> documents, without empty collections."""
    counts = {name: database[name].count_documents({}) for name in present(database)}
    return {name: count for name, count in counts.items() if count}


def who_works_on(service: str, database: Database, health_urls) -> list[str]:
    """Processes of the service that answer, and leases somebody holds: nothing may work on a database that is swapped."""
    answering = [name for name, url in health_urls if name.partition("-")[0] == service and _answers(url)]
    held = database["leases"].find({"$expr": {"$gt": ["$until", "$$NOW"]}}, {"_id": 1})
    return [*answering, *(f"{service}: somebody holds the lease {lease['_id']!r}" for lease in held)]


def _answers(url: str) -> bool:
    """Only a refused connection says that nobody is there."""
    try:
        httpx.get(url, timeout=TIMEOUT_S, trust_env=False)
    except httpx.ConnectError:
        return False
    except httpx.HTTPError:
        return True
    return True
