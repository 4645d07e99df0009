"""What stands around the services: front door (nginx), mail server, Prometheus."""

import os
import shutil

from hoithi_native import npm_parts, rendering, web_build
from hoithi_native.layout import REPOSITORY
from hoithi_native.processes import KINDS, services
from hoithi_native.trouble import Trouble


def _problem(status, title, vi, en):
    """`retry`: with a Retry-After. `everywhere`: also below /, where pages are."""
    return {"status": status, "title": title, "vi": vi, "en": en, "retry": status in _LATER, "everywhere": status != 404}


_LATER = (429, 502, 503, 504)
# What nginx itself answers, as RFC 9457 problem details; services answer their own errors.
PROBLEMS = (
    _problem(404, "Not Found", "Không có địa chỉ này.", "There is nothing at this address."),
    _problem(413, "Content Too Large", "Dữ liệu gửi lên quá lớn.", "The request is larger than allowed."),
    _problem(429, "Too Many Requests", "Hãy đợi vài giây rồi thử lại.", "Please wait a few seconds and try again."),
    _problem(502, "Bad Gateway", "Dịch vụ đang khởi động lại, hãy thử lại.", "The service is restarting. Please try again."),
    _problem(503, "Service Unavailable", "Dịch vụ đang bận, hãy thử lại.", "The service is busy. Please try again."),
    _problem(504, "Gateway Timeout", "Dịch vụ trả lời quá chậm, hãy thử lại.", "The service took too long. Please try again."),
)
DEFAULT_SIGN_IN_RATE = 20
STARTS_AT_ONCE = 1000
_DEPLOY = REPOSITORY / "deploy"


class Surroundings:
    """nginx, maildev and Prometheus of one instance."""

    def __init__(self, folders, ports, processes):
        self.folders = folders
        self.ports = ports
        self.processes = processes
        # Programs whose configuration was rendered anew: they read it again when they are told to.
        self.outdated = set()
        # Sign-ins and registrations a second from one address; a rehearsal or bench may raise it.
        self.starts_at_once = STARTS_AT_ONCE
        self.sign_in_rate = int(os.environ.get("HOITHI_SIGN_IN_RATE", DEFAULT_SIGN_IN_RATE))

    def programs(self, report):
        """(name, command, environment) of the three."""
        modules = npm_parts.modules(report)
        return [self._mail(modules), self._nginx(modules, report), self._prometheus()]

    def _mail(self, modules):
        folder = _made(self.folders.data / "mail")
        command = [
            npm_parts.node(),
            str(modules / "maildev" / "bin" / "maildev"),
            "--silent",
            "--ip",
            "127.0.0.1",
            "--smtp",
            str(self.ports.smtp),
            "--web-ip",
            "127.0.0.1",
            "--web",
            str(self.ports.mail),
            "--mail-directory",
            str(folder),
        ]
        return "maildev", command, {}

    def _nginx(self, modules, report):
        config = self.folders.etc / "nginx.conf"
        changed = rendering.render(
            "nginx/nginx.conf.j2",
            config,
            native=True,
            root=os.geteuid() == 0,
            listen=f"127.0.0.1:{self.ports.front}",
            services=self._upstreams(),
            resolver=None,
            problems=PROBLEMS,
            sign_in_rate=self.sign_in_rate,
            starts_at_once=self.starts_at_once,
            swagger=modules / "swagger-ui-dist",
            docs=_DEPLOY / "nginx" / "docs",
            web=web_build.pages(report),
            run=self.folders.run,
            data=_made(self.folders.data / "nginx"),
            cache=self.folders.data / "nginx" / "polled",
        )
        self._remember("nginx", changed)
        return "nginx", [_program("nginx"), "-e", "stderr", "-p", str(self.folders.home), "-c", str(config)], {}

    def _prometheus(self):
        config = self.folders.etc / "prometheus.yml"
        address = f"127.0.0.1:{self.ports.prometheus}"
        changed = rendering.render(
            "prometheus/prometheus.yml.j2",
            config,
            native=True,
            rules=_DEPLOY / "prometheus" / "alerts.yml",
            jobs=self._jobs(),
            rabbitmq=f"127.0.0.1:{self.ports.rabbitmq_metrics}",
            prometheus=address,
        )
        self._remember("prometheus", changed)
        command = [
            _program("prometheus"),
            f"--config.file={config}",
            f"--web.listen-address={address}",
            f"--storage.tsdb.path={_made(self.folders.data / 'prometheus')}",
            "--storage.tsdb.retention.time=7d",
            "--log.level=warn",
        ]
        return "prometheus", command, {}

    def _remember(self, name, changed):
        if changed:
            self.outdated.add(name)

    def _upstreams(self):
        return [
            {
                "name": service,
                "servers": self._targets(service, "doors"),
                "large_bodies": entry.get("large_bodies", []),
                "polled": entry.get("polled", []),
                "rendered": entry.get("rendered", []),
            }
            for service, entry in services().items()
        ]

    def _jobs(self):
        return [
            {"name": f"{service}-{kind}", "targets": self._targets(service, kind)} for service in services() for kind in KINDS
        ]

    def _targets(self, service, kind):
        chosen = [process for process in self.processes if process.matches(f"{service}-{kind}")]
        return [f"127.0.0.1:{process.port}" for process in chosen]


def _program(name):
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        raise Trouble(f"{name} is not installed: run deploy/native/bootstrap.sh (make up does)")
    return found


def _made(folder):
    folder.mkdir(parents=True, exist_ok=True)
    return folder
