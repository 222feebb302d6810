"""What `make run` starts but for the worker, with a database and files of its own, on ports that were free.

The worker would make pictures for minutes; ``run_tasks`` does what else waits for it.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from email.message import EmailMessage
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import psutil

from cms import start, start_site

from .mails import newest_mail

TIME_LIMIT = 60  # seconds
STOP_LIMIT = 15  # seconds
WEB, WORKER = "web", "worker"
RUN_TASKS = ("db_worker", "--backend", "worker", "--batch", "--no-startup-delay", "--no-reload", "--verbosity", "0")


class Stack:
    """The addresses of the CMS and the site, and their processes."""

    def __init__(self, folder: Path):
        port, site_port = _free_ports(2)
        addresses = start_site.addresses(port, site_port)
        self.cms, self.site, self.api = addresses["CMS_ORIGIN"], addresses["FRONTEND_URL"], addresses["API_URL"]
        self.logs = folder / "logs"
        self.logs.mkdir()
        self._mails = folder / "mails"
        self._environment = {
            **os.environ,
            # Nothing of the developer's own: neither content nor settings.
            "DJANGO_SETTINGS_MODULE": "cms.settings",
            "ENVIRONMENT": "development",
            "DEBUG": "on",
            "DATABASE_URL": f"sqlite:///{folder / 'cms.sqlite3'}",
            "MEDIA_ROOT": str(folder / "media"),
            "CACHE_URL": "locmemcache://",
            "EMAIL_URL": f"filemail:///{self._mails}",
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
            self._start("others", *(name for name in _procfile() if name not in (WEB, WORKER)))
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

    def run_tasks(self) -> None:
        """What waits for the worker, but for pictures."""
        command = [sys.executable, "manage.py", *RUN_TASKS]
        subprocess.run(command, cwd=start.ROOT, env=self._environment, check=True)

    def mail_to(self, address: str, with_text: str = "") -> EmailMessage:
        """The newest mail to ``address`` whose plain text holds ``with_text``; raises ``TimeoutError``."""
        self.run_tasks()
        return _until(lambda: newest_mail(self._mails, address, with_text), f"mail to {address}")

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
    _until(lambda: _answers(url), url)


def _answers(url: str) -> bool:
    address = urlsplit(url)
    connection = HTTPConnection(address.netloc, timeout=TIME_LIMIT)
    try:
        connection.request("GET", address.path or "/")
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False  # nobody listens yet
    finally:
        connection.close()


def _until(ask: Callable[[], Any], what: str) -> Any:
    """The first answer of ``ask`` that is one; raises ``TimeoutError`` that names ``what``."""
    deadline = time.monotonic() + TIME_LIMIT
    while not (answer := ask()):
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        Event().wait(0.1)
    return answer
