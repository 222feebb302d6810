"""Sending an issue of 50 kB: our programs, a bare loop, Django's own mail and packages on PyPI, side by side.

``python -m benchmarks.sending`` sends to 20,000 subscribers, in SQLite and in PostgreSQL, to a mail server that takes
everything: the ``smtp-sink`` that Postfix brings where that is installed, or else one of its own, which takes more of
the processors. The packages are installed in environments of their own, and send to fewer. All is done in turns, since
one minute differs from the next on a machine that does something else too.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from . import packages, servers, tables
from .api import DATABASES, progress

FEW, MANY = 1_000, 100_000
"""Subscribers: for what is slow, and to see what grows with their number."""
RATE = 600_000
"""Mails a minute; nothing comes near it."""
OURS, BARE = "ours, two programs of sixteen", "a bare loop of sendmail"
OWN, SMTP_SINK = "own", "smtp-sink"
"""Mail servers that take everything."""
SINK_PATH = "/usr/sbin:/usr/local/sbin:/usr/bin"
SECONDS_TO_START = 20
Measured = dict[str, float]
"""As ``benchmarks.deliveries`` and ``benchmarks.packages`` give it."""


def main() -> None:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="cms-bench-packages-") as folder, sink(arguments.sink) as port:
        progress(f"mails go to the sink: {arguments.sink}")
        progress("installing packages")
        installed, missing = packages.install_all(Path(folder)) if arguments.packages else ([], {})
        for name in arguments.databases:
            with DATABASES[name]() as database, servers.surroundings(database) as environment:
                environment |= {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "NEWSLETTER_RATE": str(RATE)}
                bench = Bench(database.name, environment, arguments.recipients, arguments.rounds)
                bench.build()
                others = {
                    one.name: partial(one.send, Path(folder), database, bench.issue, FEW, port) for one in installed
                }
                bench.send(others, missing)
                bench.prepare()
                bench.grow()


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sending", description=__doc__.splitlines()[0])
    parser.add_argument("--recipients", type=int, default=20_000, metavar="NUMBER")
    parser.add_argument("--rounds", type=int, default=3, metavar="NUMBER")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=[*DATABASES])
    parser.add_argument("--sink", choices=[OWN, SMTP_SINK], default=SMTP_SINK if smtp_sink() else OWN)
    parser.add_argument("--packages", action=argparse.BooleanOptionalAction, default=True)
    return parser.parse_args()


@contextmanager
def sink(kind: str) -> Iterator[int]:
    """A mail server that takes everything; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if kind == OWN:
        command = [sys.executable, "-m", "benchmarks.sink", str(port)]
    else:
        as_nobody = [] if os.getuid() else ["-u", "nobody"]
        command = [smtp_sink() or SMTP_SINK, *as_nobody, f"127.0.0.1:{port}", "100"]
    with subprocess.Popen(command, cwd=servers.PROJECT) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


def smtp_sink() -> str | None:
    """Where it is installed."""
    return shutil.which(SMTP_SINK, path=SINK_PATH)


def wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise RuntimeError("The mail server did not start.")


class Bench:
    """On one database."""

    def __init__(self, name: str, environment: dict[str, str], recipients: int, rounds: int):
        self.name = name
        self.environment = environment
        self.recipients = recipients
        self.rounds = rounds
        self.issue: dict[str, str] = {}

    def build(self) -> None:
        progress(f"{self.name}: building")
        sizes = sorted({FEW, self.recipients, MANY})
        self.issue = json.loads(servers.run(self.environment, "issues", *map(str, sizes)))

    def send(self, others: dict[str, Callable[[], Measured]], missing: dict[str, str]) -> None:
        """Each of ``others`` sends by itself; ``missing`` says why some can't."""
        ways = {
            OURS: lambda: self._run("sixteen by two", self.recipients),
            "ours, thirty-two connections": lambda: self._run("thirty-two", self.recipients),
            "ours, one connection": lambda: self._run("one", self.recipients),
            BARE: lambda: self._run("sendmail", self.recipients),
            "SMTP alone, mails encoded": lambda: self._run("commands", self.recipients),
            "Django, one connection": lambda: self._run("django", FEW),
            **others,
        }
        measured, failed = self._in_turns(ways)
        title = f"{self.name}, sending {len(self.issue['html'].encode()) / 1_000:.0f} kB to {self.recipients:,}"
        tables.print_sending(title, measured, OURS, BARE)
        for name, reason in (missing | failed).items():
            print(f"{name} is not there: {reason}")
        progress(f"{self.name}: counting statements")
        for connections in ("one", "eight"):
            counted = self._run(f"statements of {connections}", FEW)
            print(f"\n{counted['statements'] / counted['mails']:.3f} statements a mail, connections: {connections}")

    def prepare(self) -> None:
        ways = {
            "ours": lambda: self._run("prepare", MANY),
            "a bare INSERT … SELECT": lambda: self._run("insert", MANY),
        }
        tables.print_preparing(f"{self.name}, preparing {MANY:,} mails", self._in_turns(ways)[0])

    def grow(self) -> None:
        progress(f"{self.name}: sending to {MANY:,}")
        memory = {number: self._run("thirty-two", number)["memory"] for number in (FEW, MANY)}
        tables.print_memory(f"{self.name}, most memory while sending", memory)

    def _run(self, way: str, number: int) -> Measured:
        return json.loads(servers.run(self.environment, "deliveries", way, str(number)))

    def _in_turns(self, ways: dict[str, Callable[[], Measured]]) -> tuple[dict[str, Measured], dict[str, str]]:
        """The medians of what was measured; why some could not be."""
        rounds: dict[str, list[Measured]] = {name: [] for name in ways}
        failed: dict[str, str] = {}
        for _round in range(self.rounds):
            for name in (name for name in ways if name not in failed):
                progress(f"{self.name}: {name}")
                try:
                    rounds[name].append(ways[name]())
                except packages.DoesNotRun as reason:
                    failed[name] = str(reason)
        return {name: medians(rounds[name]) for name in ways if name not in failed}, failed


def medians(rounds: list[Measured]) -> Measured:
    return {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}


if __name__ == "__main__":
    main()
