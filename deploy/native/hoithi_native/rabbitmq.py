"""RabbitMQ as a node of its own: own name service, own cookie, own data, loopback only."""

import hashlib
import json
import os
import shutil
import subprocess
from base64 import b64encode
from pathlib import Path

from hoithi_native import rendering, waiting
from hoithi_native.credentials import SERVICES
from hoithi_native.layout import REPOSITORY
from hoithi_native.trouble import Trouble

VHOST = "hoithi"
NODE = "hoithi@localhost"
# Debian's /usr/sbin wrappers switch to the system's user and node; these scripts do not.
SCRIPTS = Path("/usr/lib/rabbitmq/bin")
# Least rights: own and other events are readable, everything published goes through the own
# exchange, an RPC queue or the default exchange (retry and dead-letter queues).
SERVICE_RIGHTS = {
    "configure": r"^(.*\.events|SVC\..*)$",
    "write": r"^(SVC\.events|SVC\..*|amq\.default)$",
    "read": r"^(.*\.events|SVC\..*)$",
}
# Made from the contracts by `make contracts`: every queue is there before the first event.
TOPOLOGY = REPOSITORY / "deploy" / "rabbitmq" / "topology.json"
ALL_RIGHTS = {"configure": ".*", "write": ".*", "read": ".*"}


class RabbitMQ:
    """The broker of one instance."""

    def __init__(self, folders, ports, credentials, host="127.0.0.1"):
        self.ports = ports
        self.host = host
        self.credentials = credentials
        self.home = folders.data / "rabbitmq"
        self.etc = folders.etc / "rabbitmq"
        self.log = folders.log

    def uri(self, user):
        """For a service, or `operator` who may look into every queue."""
        password = self.credentials.read(f"rabbit-{user}")
        return f"amqp://{user}:{password}@127.0.0.1:{self.ports.amqp}/{VHOST}"

    def programs(self):
        """The name service and the broker, as (name, command, environment)."""
        self._write_configuration()
        epmd = [_epmd(), "-address", "127.0.0.1", "-port", str(self.ports.epmd)]
        server = [str(_script("rabbitmq-server"))]
        return [("epmd", epmd, {}), ("rabbitmq", server, self.environment())]

    def make_ready(self, hint):
        # The broker opens this port last: plugins run and the definitions are imported by then.
        waiting.until(self.listens, "RabbitMQ", hint=hint)

    def listens(self):
        """True when the broker takes connections."""
        return waiting.listens(self.ports.amqp, self.host)

    def environment(self):
        """Points server and tools at this node and away from /etc/rabbitmq."""
        return {
            "HOME": str(self.home),
            "ERL_EPMD_PORT": str(self.ports.epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": NODE,
            "RABBITMQ_DIST_PORT": str(self.ports.erlang),
            "RABBITMQ_CONF_ENV_FILE": str(self.etc / "none.conf"),
            "RABBITMQ_CONFIG_FILE": str(self.etc / "rabbitmq.conf"),
            "RABBITMQ_CONFIG_FILES": str(self.etc / "none.d"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(self.etc / "none.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.etc / "enabled_plugins"),
            "RABBITMQ_MNESIA_BASE": str(self.home / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.log),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(self.home / "generated"),
            "RABBITMQ_PID_FILE": str(self.home / "pid"),
            # No spinning schedulers: the cores belong to the services.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}"
            ),
            # Makes the start script become the broker instead of its parent, so that signals arrive.
            "RUNNING_UNDER_SYSTEMD": "true",
        }

    def empty(self, delete):
        """Purges every queue of the platform, or deletes them all."""
        verb = 'delete(Q, false, false, <<"operator">>)' if delete else "purge(Q)"
        self.control("eval", f'[rabbit_amqqueue:{verb} || Q <- rabbit_amqqueue:list(<<"{VHOST}">>)], ok.')

    def control(self, *arguments):
        """Runs rabbitmqctl against this node and returns what it prints; takes 1-2 s."""
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **self.environment()}
        command = [str(_script("rabbitmqctl")), "--quiet", *arguments]
        result = subprocess.run(command, env=environment, capture_output=True, text=True)
        if result.returncode:
            raise Trouble(f"rabbitmqctl {arguments[0]} failed:\n{result.stderr.strip()}")
        return result.stdout

    def _write_configuration(self):
        for folder in (self.home, self.etc / "none.d"):
            folder.mkdir(parents=True, exist_ok=True)
        definitions = self.etc / "definitions.json"
        rendering.write(self.home / ".erlang.cookie", self.credentials.read("erlang-cookie"), mode=0o400)
        rendering.write(self.etc / "enabled_plugins", "[rabbitmq_prometheus].\n")
        rendering.write(definitions, json.dumps(broker_definitions(self.credentials.read), indent=2) + "\n")
        target, listener = self.etc / "rabbitmq.conf", f"{self.host}:{self.ports.amqp}"
        rendering.render("rabbitmq.conf.j2", target, ports=self.ports, listener=listener, definitions=definitions)


def broker_definitions(secret):
    """Vhost, users, rights and queues in RabbitMQ's import format; `secret(name)` gives the passwords."""
    return {
        **json.loads(TOPOLOGY.read_text()),
        "vhosts": [{"name": VHOST}],
        "users": [_user(name, secret, []) for name in SERVICES] + [_user("operator", secret, ["administrator"])],
        "permissions": [_rights(name, SERVICE_RIGHTS) for name in SERVICES] + [_rights("operator", ALL_RIGHTS)],
    }


def _user(name, secret, tags):
    return {
        "name": name,
        "password_hash": password_hash(secret(f"rabbit-{name}")),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": tags,
    }


def _rights(user, rights):
    exact = {verb: pattern.replace("SVC", user) for verb, pattern in rights.items()}
    return {"user": user, "vhost": VHOST, **exact}


def password_hash(password):
    """RabbitMQ's salted SHA-256; the salt follows from the (random) password to keep bytes stable."""
    salt = hashlib.sha256(b"salt:" + password.encode()).digest()[:4]
    return b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def _script(name):
    script = SCRIPTS / name
    if not script.exists():
        raise Trouble("RabbitMQ is not installed: run deploy/native/bootstrap.sh (make up does)")
    return script


def _epmd():
    return shutil.which("epmd") or "/usr/bin/epmd"
