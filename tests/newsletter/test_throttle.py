"""How fast mails leave."""

import time
from bisect import bisect_left, bisect_right
from heapq import heappop, heappush

import pytest
import time_machine

from newsletter.models import Throttle
from newsletter.sending import throttle

pytestmark = pytest.mark.django_db
MANY = 1_000
ROUNDING = 1e-5
"""Seconds; of a moment since 1970 a float holds no more."""


def most_within(moments, seconds):
    """How many mails can arrive at most in any time of as many seconds, when each may be late."""
    return max(
        bisect_left(moments, first + seconds) - bisect_right(moments, first - throttle.SPREAD) for first in moments
    )


@pytest.mark.parametrize("rate", [30, 60, 100, 119, 1200, 6000, 60_000])
def test_neither_a_second_nor_a_minute_holds_too_many(settings, rate):
    settings.NEWSLETTER_RATE = rate
    moments = []
    while not moments or moments[-1] - moments[0] < 62:
        moments += throttle.reserve(MANY).moments

    assert moments == sorted(moments)
    assert most_within(moments, 1) <= max(1, rate // 60)
    assert most_within(moments, 60) <= rate


def test_what_was_not_used_is_not_made_up_for(settings):
    settings.NEWSLETTER_RATE = 1200
    throttle.reserve(MANY)
    with time_machine.travel(time.time() + 60, tick=False):
        assert throttle.reserve(MANY).moments[0] >= time.time() - ROUNDING


def test_moment_that_passed_is_not_used(settings):
    settings.NEWSLETTER_RATE = 1200
    pace = throttle.Pace()
    pace.next()
    assert not pace.is_late
    with time_machine.travel(time.time() + 60, tick=False):
        assert pace.is_late
        assert pace.next() == pytest.approx(0, abs=ROUNDING)
        assert not pace.is_late


def test_slow_connections_leave_moments_to_each_other(settings):
    settings.NEWSLETTER_RATE = 60_000
    one_mail, waited = 0.05, 0
    free = [(time.time(), number, throttle.Pace()) for number in range(4)]
    for _ in range(200):
        moment, number, pace = heappop(free)
        with time_machine.travel(moment, tick=False):
            wait = max(0, pace.next())
        heappush(free, (moment + wait + one_mail, number, pace))
        waited += wait

    assert waited < 200 * one_mail / 20


def test_slowing_down_doubles_the_distance_and_wears_off(settings):
    settings.NEWSLETTER_RATE = 1200
    before = distance()
    throttle.slow_down()
    assert distance() == pytest.approx(2 * before, abs=ROUNDING)
    throttle.slow_down()
    assert distance() == pytest.approx(4 * before, abs=ROUNDING)
    with time_machine.travel(time.time() + throttle.RECOVERY + 1):
        throttle.reserve(1)
        assert distance() == pytest.approx(2 * before, abs=ROUNDING)


def test_it_does_not_slow_down_for_ever():
    for _ in range(20):
        throttle.slow_down()
    assert Throttle.objects.get().slowed == throttle.SLOWEST


def distance():
    """Seconds between the next two moments."""
    first = throttle.reserve(MANY).moments[-1]
    return throttle.reserve(MANY).moments[0] - first
