"""Two editors do something about the same nomination in the same moment."""

import pytest
from django.contrib.auth import get_user_model

from home.models import Nomination
from home.nomination import AlreadyDecided, AlreadyNominated, NotOnline, accept, decline, nominate
from regions.models import NewsPage
from tests.factories import make_news
from tests.races import second_after


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could look."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def news(noord):
    news = make_news(noord)
    yield news
    news.delete()


@pytest.fixture
def editor(db):
    return get_user_model().objects.get(email="landelijk@example.org")


def test_page_nominated_by_two(news, editor):
    refusal = second_after(lambda: nominate(news, editor), lambda: nominate(news, editor))

    assert isinstance(refusal, AlreadyNominated)
    assert Nomination.objects.filter(page=news).count() == 1


def test_page_nominated_while_it_goes_offline(news, editor):
    assert isinstance(second_after(news.unpublish, lambda: nominate(news, editor)), NotOnline)
    assert not Nomination.objects.filter(page=news).exists()


def test_page_goes_offline_while_it_is_nominated(news, editor):
    def unpublish():
        NewsPage.objects.get(pk=news.pk).unpublish()

    assert second_after(lambda: nominate(news, editor), unpublish) is None
    assert [nomination.state for nomination in Nomination.objects.filter(page=news)] == [Nomination.State.WITHDRAWN]


def test_accepted_while_it_is_declined(news, editor):
    nomination = nominate(news, editor)
    refusal = second_after(
        lambda: decline(nomination, editor, "Nog zonder foto."),
        lambda: accept(Nomination.objects.get(pk=nomination.pk), editor),
    )

    assert isinstance(refusal, AlreadyDecided)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.answer) == (Nomination.State.DECLINED, "Nog zonder foto.")
