"""One running platform: its folder, its ports, its engines and its processes."""

import os
import sys
from pathlib import Path

from hoithi_native import mongodb, network, settings, supervision, waiting
from hoithi_native.credentials import Credentials
from hoithi_native.layout import REPOSITORY, Folders, Ports
from hoithi_native.mongodb import MongoDB
from hoithi_native.network import Network
from hoithi_native.processes import processes
from hoithi_native.rabbitmq import RabbitMQ
from hoithi_native.supervision import Program, Supervisor
from hoithi_native.surroundings import Surroundings
from hoithi_native.trouble import Trouble

ENGINES = ("epmd", network.PROGRAM, *mongodb.PROGRAMS, "rabbitmq")
FRONT = ("nginx", "prometheus")


class Instance:
    """Several live side by side when their homes and ports differ.

    `replicas` overrides processes.yml for every service (doors at most 8, workers at most 2). For fault tests:
    `mongo_members=3` runs a replica set of three, `proxied=True` puts proxies between the parts (see `network`).
    """

    def __init__(self, home=None, front_port=8080, base_port=18000, replicas=None, mongo_members=1, proxied=False):
        self.folders = Folders(Path(home or REPOSITORY / ".hoithi").resolve())
        self.ports = Ports(front_port, base_port)
        self.processes = processes(base_port, replicas)
        self.report = lambda text: None
        self.credentials = Credentials(self.folders.secrets)
        host = network.BEHIND if proxied else "127.0.0.1"
        external = os.environ.get("HOITHI_MONGO_URL")
        self.mongodb = MongoDB(self.folders, self.ports, self.credentials, external, mongo_members, host)
        self.rabbitmq = RabbitMQ(self.folders, self.ports, self.credentials, host)
        self.network = Network(self.ports, self.mongodb.members) if proxied else None
        # Name of a process -> more of its environment, e.g. a wrong clock; prepare() takes it over.
        self.disturbances = {}
        self.surroundings = Surroundings(self.folders, self.ports, self.processes)
        self.supervisor = Supervisor(self.folders)

    @property
    def front_url(self):
        return f"http://127.0.0.1:{self.ports.front}"

    @property
    def mail_url(self):
        return f"http://127.0.0.1:{self.ports.mail}"

    @property
    def prometheus_url(self):
        return f"http://127.0.0.1:{self.ports.prometheus}"

    def mongo_uri(self, service):
        return self.mongodb.uri(service)

    def amqp_uri(self, user):
        """For a service, or `operator` who may look into every queue."""
        return self.rabbitmq.uri(user)

    def secret(self, name):
        """The content of one file in home/secrets."""
        return self.credentials.read(name)

    def secret_file(self, name):
        return str(self.credentials.path(name))

    def env(self, service, port):
        """The whole HOITHI_* environment of one process of the service."""
        return settings.environment(self, service, port)

    def prepare(self):
        """Secrets and configuration files; a second call changes no byte."""
        self.folders.create()
        self.credentials.create()
        self.supervisor.configure(self._programs())
        self._reload_outdated()

    def start(self):
        """Everything, in order, each part ready before the next one needs it."""
        self.start_engines()
        self.start_mail()
        self.start_services()
        self.start_front()

    def start_engines(self):
        """Database and broker, ready with their users."""
        self.prepare()
        if self.network:
            # A member of a replica set looks for itself at its proxy when it starts.
            self._launch([network.PROGRAM])
            waiting.until(self.network.listens, network.PROGRAM, hint=lambda: self.supervisor.tail(network.PROGRAM))
        self._launch(self._engines())
        self.mongodb.make_ready(self.supervisor.tail)
        self.rabbitmq.make_ready(lambda: self.supervisor.tail("rabbitmq"))

    def start_mail(self):
        """The SMTP server and its page."""
        self._launch(["maildev"])
        self._wait_for("maildev", f"{self.mail_url}/healthz")

    def start_front(self):
        """The front door and Prometheus."""
        self._launch(FRONT)
        self._wait_for("prometheus", f"{self.prometheus_url}/-/ready")
        self._wait_for("nginx", f"{self.front_url}/docs/")

    def start_services(self, only=None):
        """`only` names services, kinds or processes: exam, exam-doors, exam-doors-0."""
        chosen = [process for process in self.processes if _wanted(process, only)]
        self._launch([process.name for process in chosen])
        for process in chosen:
            self._wait_for(process.name, f"http://127.0.0.1:{process.port}/health")

    def supervise(self, action, process):
        """start, stop, restart, kill, terminate, pause or resume one process, e.g. exam-doors-0."""
        self.supervisor.act(action, process)

    def pids(self):
        """Name -> pid of every running process."""
        return {name: state["pid"] for name, state in self.status().items() if state["pid"]}

    def status(self):
        """Name -> {statename, pid, start, now, ...}; empty when nothing runs."""
        return self.supervisor.states() if self.supervisor.running() else {}

    def stop(self):
        """Ends exactly what this instance started: services first, the engines last."""
        if self.supervisor.running():
            running = self.status()
            engines = [name for name in ENGINES if name in running]
            self.supervisor.stop([name for name in running if name not in engines])
            self.supervisor.stop([name for name in engines if name != "epmd"])
            # supervisord alone would look at one program a second: it gets nothing left to stop.
            self.supervisor.stop(["epmd"])
            self.supervisor.shut_down()
        supervision.end(self.supervisor.leftovers())

    def reset_data(self):
        """For tests: no documents and no messages. Indexes and queues stay while services run."""
        busy = any(process.name in self.pids() for process in self.processes)
        self.mongodb.drop(keep_indexes=busy)
        self.rabbitmq.empty(delete=not busy)

    def _reload_outdated(self):
        for name in self.surroundings.outdated & self.pids().keys():
            self.supervise("reload", name)
        self.surroundings.outdated.clear()

    def _programs(self):
        parts = [*self.mongodb.programs(self.report), *self.rabbitmq.programs(), *self.surroundings.programs(self.report)]
        parts += [self.network.program()] if self.network else []
        return [self._program(*part) for part in parts] + self._service_programs()

    def _service_programs(self):
        return [
            Program(process.name, _own_python(process.command), self._process_env(process), process.folder)
            for process in self.processes
            if process.folder.is_dir()
        ]

    def _process_env(self, process):
        return {**self.env(process.service, process.port), **self.disturbances.get(process.name, {})}

    def _program(self, name, command, environment):
        return Program(name, tuple(command), environment, self.folders.home)

    def _engines(self):
        """Those of ENGINES that this instance has: the database may be somebody else's."""
        own = {"epmd", "rabbitmq", *self.mongodb.members, *([network.PROGRAM] if self.network else [])}
        return [name for name in ENGINES if name in own]

    def _launch(self, names):
        self._refuse_taken_ports(names)
        self.supervisor.launch()
        self.supervisor.start(names)

    def _refuse_taken_ports(self, names):
        running = self.pids()
        for name, port in self._ports_of(names).items():
            if name not in running and waiting.listens(port, self._host_of(name)):
                raise Trouble(_taken(name, port))

    def _ports_of(self, names):
        parts = {
            "epmd": self.ports.epmd,
            network.PROGRAM: self.ports.network_control,
            **self.mongodb.members,
            "rabbitmq": self.ports.amqp,
            "maildev": self.ports.mail,
            "nginx": self.ports.front,
            "prometheus": self.ports.prometheus,
        }
        known = parts | {process.name: process.port for process in self.processes}
        return {name: known[name] for name in names if name in known}

    def _host_of(self, name):
        behind_a_proxy = self.network and (name in self.mongodb.members or name == "rabbitmq")
        return network.BEHIND if behind_a_proxy else "127.0.0.1"

    def _wait_for(self, name, url):
        self.report(f"waiting for {name}")
        waiting.until(lambda: waiting.answers_http(url), name, hint=lambda: self.supervisor.tail(name))


def _wanted(process, only):
    return only is None or any(process.matches(name) for name in only)


def _own_python(command):
    """The command of processes.yml with the script of this very virtual environment."""
    script = Path(sys.executable).parent / command[0]
    return (str(script), *command[1:])


def _taken(name, port):
    return (
        f"port {port}, wanted by {name}, is taken by {waiting.holder(port)}. "
        "Stop that, or choose other ports: HOITHI_FRONT_PORT=8081 HOITHI_BASE_PORT=28000 make up"
    )
