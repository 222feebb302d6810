"""Two editors freeze an issue in the same moment."""

import pytest
from django.contrib.auth import get_user_model

from newsletter.freezing import AlreadyFrozen, freeze
from newsletter.models import FrozenIssue, NewsletterPage
from tests.factories import make_issue, make_news, make_newsletter
from tests.races import second_after

from .blocks import item


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could look."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def issue(db, home, noord):
    news = make_news(noord)
    newsletter = make_newsletter(home)
    yield make_issue(newsletter, [item(news)])
    newsletter.delete()
    news.delete()
    FrozenIssue.objects.all().delete()


def test_issue_frozen_by_two(issue):
    editor = get_user_model().objects.get(email="landelijk@example.org")

    def freeze_it():
        freeze(NewsletterPage.objects.get(pk=issue.pk), editor)

    assert isinstance(second_after(freeze_it, freeze_it), AlreadyFrozen)
    assert FrozenIssue.objects.count() == 1
