"""Everything that `make run` starts, with a database and files of its own, on ports that were free."""

import os
import socket
import subprocess
import sys
import time
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import psutil

from cms import start, start_site

START_LIMIT = 60  # seconds
STOP_LIMIT = 15  # seconds
WEB = "web"


class Stack:
    """The addresses of the CMS and the site, and their processes."""

    def __init__(self, folder: Path):
        port, site_port = _free_ports(2)
        addresses = start_site.addresses(port, site_port)
        self.cms, self.site, self.api = addresses["CMS_ORIGIN"], addresses["FRONTEND_URL"], addresses["API_URL"]
        self.logs = folder / "logs"
        self.logs.mkdir()
        self._environment = {
            **os.environ,
            # Nothing of the developer's own: neither content nor settings.
            "DJANGO_SETTINGS_MODULE": "cms.settings",
            "ENVIRONMENT": "development",
            "DEBUG": "on",
            "DATABASE_URL": f"sqlite:///{folder / 'cms.sqlite3'}",
            "MEDIA_ROOT": str(folder / "media"),
            "CACHE_URL": "locmemcache://",
            "EMAIL_URL": "dummymail://",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "BASE_URL": self.cms,
            "CORS_ALLOWED_ORIGINS": self.site,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            # What the Procfile calls python, honcho and granian are those that run the tests.
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            **addresses,
        }
        self._processes: dict[str, subprocess.Popen] = {}

    def __enter__(self) -> "Stack":
        start_site.prepare()
        start.fill(self._environment)
        self._environment |= start_site.register(self._environment)
        try:
            self.start_web()
            self._start("others", *(name for name in _procfile() if name != WEB))
            _wait_for(self.site)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception) -> None:
        for name in list(self._processes):
            self._stop(name)

    def start_web(self) -> None:
        """Those that answer for the CMS, unless they run."""
        if WEB not in self._processes:
            self._start(WEB, WEB)
        _wait_for(f"{self.cms}/readyz")

    def stop_web(self) -> None:
        self._stop(WEB)

    def tail(self, lines: int = 40) -> str:
        """The last that all processes said."""
        return "\n".join(
            f"--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
            for log in sorted(self.logs.iterdir())
        )

    def _start(self, name: str, *processes: str) -> None:
        with (self.logs / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                ["honcho", "--no-colour", "--env", os.devnull, "start", *processes],
                cwd=start.ROOT,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _stop(self, name: str) -> None:
        """honcho ends what it started; what doesn't end in time is killed."""
        honcho = self._processes.pop(name)
        family = psutil.Process(honcho.pid).children(recursive=True)
        honcho.terminate()
        for process in psutil.wait_procs(family, timeout=STOP_LIMIT)[1]:
            process.kill()
        honcho.wait()


def _procfile() -> list[str]:
    lines = (start.ROOT / "Procfile").read_text().splitlines()
    return [line.partition(":")[0] for line in lines if line]


def _free_ports(number: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _wait_for(url: str) -> None:
    address = urlsplit(url)
    deadline = time.monotonic() + START_LIMIT
    while True:
        connection = HTTPConnection(address.netloc, timeout=START_LIMIT)
        try:
            connection.request("GET", address.path or "/")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        except OSError:
            pass  # nobody listens yet
        finally:
            connection.close()
        if time.monotonic() > deadline:
            raise TimeoutError(url)
        Event().wait(0.1)
