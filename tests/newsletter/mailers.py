"""Programs that send newsletters, on the database of a test, to a mail server of the test."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from django.db import connection

SECONDS = 120
COMMAND = ["manage.py", "send_newsletters", "--connections=4", "--skip-checks"]


class Mailers:
    """They share a database, which is asked by SQL: on SQLite it is a copy in ``folder`` of the one of the test."""

    def __init__(self, folder: Path, port: int, rate: int = 600_000):
        self.file = folder / "cms.sqlite3"
        self.environment = os.environ | {
            "DATABASE_URL": self._address(),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "NEWSLETTER_RATE": str(rate),
        }
        self.started: list[subprocess.Popen] = []

    def _address(self) -> str:
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file)) as copy:
                connection.connection.backup(copy)
            return f"sqlite:///{self.file}"
        return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()

    def start(self, settings: str = "cms.settings") -> subprocess.Popen:
        own = {"DJANGO_SETTINGS_MODULE": settings, "PGAPPNAME": f"mailer {len(self.started)}"}
        self.started.append(subprocess.Popen([sys.executable, *COMMAND], env=self.environment | own))
        return self.started[-1]

    def kill(self, process: subprocess.Popen) -> None:
        """End it without a chance to say anything, and let the time go by for which it held its mails."""
        process.kill()
        process.wait()
        if connection.vendor == "postgresql":
            # The server finishes what it was doing for it, which may be to give it more mails.
            name = f"mailer {self.started.index(process)}"
            wait_until(lambda: not self.ask("SELECT 1 FROM pg_stat_activity WHERE application_name = %s", name))
        self.ask("UPDATE newsletter_delivery SET leased_until = first_attempt_at WHERE state = 'sending' RETURNING id")
        self.ask("UPDATE newsletter_delivery SET leased_until = due_at WHERE state = 'leased' RETURNING id")

    def stop(self, process: subprocess.Popen) -> int:
        process.send_signal(signal.SIGTERM)
        return process.wait(SECONDS)

    def end(self) -> None:
        for process in self.started:
            process.kill()
            process.wait()

    def states(self) -> Counter:
        return Counter(dict(self.ask("SELECT state, count(*) FROM newsletter_delivery GROUP BY state")))

    def wait_until_over(self) -> str:
        """The state that the run has in the end."""
        over = "SELECT 1 FROM newsletter_sendrun WHERE state IN ('done', 'attention')"
        wait_until(lambda: self.ask(over), pause=0.05)
        return self.ask("SELECT state FROM newsletter_sendrun")[0][0]

    def ask(self, sql: str, *parameters: str) -> list[tuple]:
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file, timeout=SECONDS, isolation_level=None)) as database:
                return database.execute(sql, parameters).fetchall()
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()


def wait_until(is_so, pause: float = 0.002) -> None:
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it took too long"
        Event().wait(pause)
