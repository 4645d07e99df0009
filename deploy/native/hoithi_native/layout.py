"""Where things are: folders of an instance, its ports, the repository it runs."""

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Folders:
    """Everything an instance writes lies below `home`."""

    home: Path

    @property
    def secrets(self):
        return self.home / "secrets"

    @property
    def etc(self):
        return self.home / "etc"

    @property
    def data(self):
        return self.home / "data"

    @property
    def log(self):
        return self.home / "log"

    @property
    def run(self):
        return self.home / "run"

    def create(self):
        for folder in (self.home, self.secrets, self.etc, self.data, self.log, self.run):
            folder.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o700)


@dataclass(frozen=True)
class Ports:
    """The fixed offsets of the parts; processes.yml has those of the services (10 and above)."""

    front: int
    base: int

    @property
    def amqp(self):
        return self.base + 1

    @property
    def erlang(self):
        return self.base + 2

    @property
    def epmd(self):
        return self.base + 3

    @property
    def mongo(self):
        return self.base + 4

    @property
    def mongo_members(self):
        """Of a replica set of three; with one member only the first is used."""
        return (self.mongo, self.base + 50, self.base + 51)

    @property
    def network_control(self):
        """Where the proxies of a `proxied` instance take orders."""
        return self.base + 52

    @property
    def smtp(self):
        return self.base + 5

    @property
    def mail(self):
        return self.base + 6

    @property
    def prometheus(self):
        return self.base + 7

    @property
    def rabbitmq_metrics(self):
        return self.base + 8
