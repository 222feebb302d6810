"""The worker that sends mails, as a process of its own: killed at the worst moments, and two at once."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from threading import Event
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.mail_server import ACCEPT, HANG_UP, MailServer

from .committed import take_away
from .registering import make_open_event, register

SECONDS = 60
WORKER = ["manage.py", "db_worker", "--backend=worker", "--queue-name=webhooks", "--interval=0.1", "--no-reload"]
LATER = """
import django
django.setup()
import time_machine
from django.utils import timezone
from agenda.registration.outbox import OUTBOX
from cms.outbox import LEASE
with time_machine.travel(timezone.now() + LEASE):
    OUTBOX.send_due()
"""
"""What a worker does once the claims of one that died are over."""


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction no other process could look."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def visitors(db, noord):
    """Three people who registered, of whom nobody has had a mail."""
    event = make_open_event(noord)
    yield [register(event) for _ in range(3)]
    take_away(event)


@pytest.fixture
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture
def start(visitors, mail_server, tmp_path):
    """``start(arguments)`` starts a process on the database of the test."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings",
        "DATABASE_URL": address_of_database(tmp_path / "cms.sqlite3"),
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
    }
    started = []

    def start_process(arguments):
        started.append(subprocess.Popen([sys.executable, *arguments], env=environment))
        return started[-1]

    yield start_process
    for process in started:
        process.kill()
        process.wait()


def address_of_database(file):
    """SQLite keeps the database of the test in memory: there the processes get a copy of it in ``file``."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
        return f"sqlite:///{file}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def says_so(message):
    return message.get_body(("plain",)).get_content().startswith("Misschien krijgt u deze mail twee keer")


def received(mail_server):
    """Who got mails, and whether each of them says that it may be the second."""
    return [(recipient, says_so(message)) for recipient, message in mail_server.received]


@pytest.mark.parametrize(
    ("moment", "first_comes", "is_doubtful"),
    [("on_connection", 0, False), ("on_sender", 0, True), ("on_mail", 1, True)],
    ids=["before it claims a mail", "before it sends it", "after it sent it"],
)
def test_worker_that_is_killed_loses_nothing(visitors, mail_server, start, moment, first_comes, is_doubtful):
    def kill(*_words):
        setattr(mail_server, moment, lambda *_words: ACCEPT)
        worker.send_signal(signal.SIGKILL)
        worker.wait(SECONDS)
        return HANG_UP

    setattr(mail_server, moment, kill)
    worker = start(WORKER)
    assert worker.wait(SECONDS) == -signal.SIGKILL
    first, *others = [visitor.email for visitor in visitors]
    assert received(mail_server) == [(first, False)] * first_comes
    mail_server.received.clear()

    assert start(["-c", LATER]).wait(SECONDS) == 0

    assert received(mail_server) == [(first, is_doubtful), *((email, False) for email in others)]


def test_two_workers_at_once_send_each_mail_once(visitors, mail_server, start):
    """Both have read what is due before one of them sends anything."""
    both_are_there = Event()

    def wait_for_both():
        if mail_server.connections == 2:
            both_are_there.set()
        assert both_are_there.wait(SECONDS)

    mail_server.on_connection = wait_for_both
    workers = [start(["-c", LATER]) for _ in range(2)]

    assert [worker.wait(SECONDS) for worker in workers] == [0, 0]
    assert sorted(received(mail_server)) == sorted((visitor.email, False) for visitor in visitors)
