"""The programs that send: killed at any moment, several at once, told to stop, and failing by themselves.

``MAILER_ROUNDS=20 MAILER_RECIPIENTS=2000 MAILER_KILLS=3 pytest -k killed tests/newsletter/test_mailers.py`` kills more
of them than there is time for whenever the tests run. ``MAILER_RECIPIENTS=1500 MAILER_A_SECOND=20 pytest -k pace``
looks at the pace for longer than a minute.
"""

import os
import random
import time
from collections import Counter

import pytest

from newsletter.models import SendRun
from tests.mail_server import ACCEPT, MailServer

from .mailers import SECONDS, Mailers, wait_until
from .runs import committed_run

ROUNDS = int(os.environ.get("MAILER_ROUNDS", "1"))
RECIPIENTS = int(os.environ.get("MAILER_RECIPIENTS", "240"))
A_SECOND = int(os.environ.get("MAILER_A_SECOND", "50"))
KILLS = int(os.environ.get("MAILER_KILLS", "2"))
CONNECTIONS = 4
EVERYBODY = {f"lezer{place}@example.org" for place in range(RECIPIENTS)}


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction no other process could look."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def run(home):
    with committed_run(home, RECIPIENTS) as run:
        yield run


@pytest.fixture
def server():
    with MailServer() as server:
        yield server


@pytest.fixture
def start_mailers(run, server, tmp_path):
    """``start_mailers(rate=…)`` makes them ready to start on what is in the database by then."""
    made = []

    def make(**options):
        made.append(Mailers(tmp_path, server.port, **options))
        return made[-1]

    yield make
    for mailers in made:
        mailers.end()


def sent(server):
    return Counter(recipient for recipient, _mail in server.received)


def most_within(seconds, moments):
    """How many of them lie in any time of as many seconds."""
    return max(sum(start <= moment < start + seconds for moment in moments) for start in moments)


def kill_at(mailers, server, *numbers):
    """Start a program, and kill it once the server had that many mails; then the next one."""
    for number in numbers:
        process = mailers.start()
        wait_until(lambda number=number: len(server.received) >= number)
        mailers.kill(process)


@pytest.mark.parametrize("on_doubt", [SendRun.OnDoubt.RESEND, SendRun.OnDoubt.HOLD])
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_killed_at_any_moment_nobody_is_lost(run, server, start_mailers, on_doubt, round_):
    SendRun.objects.update(on_doubt=on_doubt)
    mailers = start_mailers()
    dice = random.Random(f"{on_doubt} {round_}")
    kills = sorted(dice.sample(range(1, RECIPIENTS * 9 // 10), KILLS))

    kill_at(mailers, server, *kills)
    last = mailers.start()
    state = mailers.wait_until_over()

    assert mailers.stop(last) == 0
    twice = sum(sent(server).values()) - len(sent(server))
    states = mailers.states()
    if on_doubt == SendRun.OnDoubt.RESEND:
        assert set(sent(server)) == EVERYBODY
        assert twice <= len(kills) * CONNECTIONS
        assert states == {"accepted": RECIPIENTS}
        assert state == "done"
    else:
        assert twice == 0
        uncertain = states["uncertain"]
        assert states == {"accepted": RECIPIENTS - uncertain} | ({"uncertain": uncertain} if uncertain else {})
        assert uncertain <= len(kills) * CONNECTIONS
        assert len(sent(server)) >= RECIPIENTS - uncertain
        assert state == ("attention" if uncertain else "done")


def test_two_programs_send_to_nobody_twice_and_keep_the_pace(run, server, start_mailers):
    arrivals = []
    server.on_mail = lambda recipient: arrivals.append(time.monotonic()) or ACCEPT
    mailers = start_mailers(rate=A_SECOND * 60)

    processes = [mailers.start(), mailers.start()]
    mailers.wait_until_over()

    assert [mailers.stop(process) for process in processes] == [0, 0]
    assert sent(server) == Counter(EVERYBODY)
    arrivals.sort()
    assert most_within(1, arrivals) <= A_SECOND
    assert most_within(60, arrivals) <= A_SECOND * 60
    assert most_within(1, arrivals) > A_SECOND / 2


def test_told_to_stop_it_finishes_the_mail_that_is_on_its_way(run, server, start_mailers):
    mailers = start_mailers()
    process = mailers.start()
    wait_until(lambda: len(server.received) >= 20)

    assert mailers.stop(process) == 0

    states = mailers.states()
    assert set(states) == {"accepted", "pending"}
    assert states["accepted"] == len(server.received) == len(sent(server))


def test_program_that_lost_a_connection_ends_and_can_be_started_again(run, server, start_mailers):
    mailers = start_mailers()

    assert mailers.start(settings="tests.newsletter.broken").wait(SECONDS) == 1
    assert mailers.states() == {"pending": RECIPIENTS}

    mailers.start()
    assert mailers.wait_until_over() == "done"
    assert sent(server) == Counter(EVERYBODY)
