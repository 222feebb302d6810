"""Two people do something about the same invitation, address or editor at the same moment."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, PageLogEntry

from regions.models import Invitation
from regions.people import access, invitations
from regions.people.mail import link
from tests.factories import make_user
from tests.races import second_after


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could look: afterwards all is as it was."""
    models = (Invitation, DBTaskResult, PageLogEntry, ModelLogEntry, get_user_model())
    with django_db_blocker.unblock():
        before = {model: set(model.objects.values_list("pk", flat=True)) for model in models}
        members = {group: set(group.user_set.all()) for group in Group.objects.all()}
        yield
        for model in models:
            model.objects.exclude(pk__in=before[model]).delete()
        for group, users in members.items():
            group.user_set.set(users)


@pytest.fixture
def national_editor(db):
    return get_user_model().objects.get(email="landelijk@example.org")


@pytest.fixture
def invitation(noord, national_editor):
    return invitations.invite(noord, "zuid@example.org", by=national_editor)


def token(invitation):
    return link(invitation).split("/")[-2]


def test_accepted_by_two_clicks(invitation):
    person = get_user_model().objects.get(email="zuid@example.org")

    def accept():
        invitations.accept(token(invitation), person)

    assert isinstance(second_after(accept, accept), invitations.InvitationUsed)
    assert PageLogEntry.objects.filter(action="regions.accept_invitation").count() == 1


def test_accepted_while_it_is_withdrawn(invitation, national_editor):
    person = get_user_model().objects.get(email="zuid@example.org")
    came_late = second_after(
        lambda: invitations.withdraw(invitation.pk, by=national_editor),
        lambda: invitations.accept(token(invitation), person),
    )

    assert isinstance(came_late, invitations.InvitationWithdrawn)
    assert [group.name for group in person.groups.all()] == ["Redactie Zuid"]


def test_withdrawn_while_it_is_accepted(invitation, national_editor):
    person = get_user_model().objects.get(email="zuid@example.org")
    came_late = second_after(
        lambda: invitations.accept(token(invitation), person),
        lambda: invitations.withdraw(invitation.pk, by=national_editor),
    )

    assert isinstance(came_late, invitations.InvitationUsed)
    invitation.refresh_from_db()
    assert (invitation.accepted_at is None, invitation.withdrawn_at) == (False, None)


def test_one_address_invited_by_two(noord, national_editor):
    def invite():
        invitations.invite(noord, "nieuw@example.org", by=national_editor)

    assert isinstance(second_after(invite, invite), invitations.AlreadyInvited)
    assert Invitation.objects.open().count() == 1
    assert DBTaskResult.objects.filter(task_path__endswith="mail_invitation").count() == 1


def test_newcomer_accepts_for_two_regions(noord, zuid, national_editor):
    first, second = (invitations.invite(region, "nieuw@example.org", by=national_editor) for region in (noord, zuid))
    came_late = second_after(
        lambda: invitations.accept_as_newcomer(token(first), "A", "B", "vijf-groene-fietsen"),
        lambda: invitations.accept_as_newcomer(token(second), "A", "B", "zes-rode-fietsen"),
    )

    assert isinstance(came_late, invitations.AccountExists)
    assert get_user_model().objects.get(email="nieuw@example.org").check_password("vijf-groene-fietsen")
    assert list(Invitation.objects.open()) == [second]


def test_work_is_handed_over_to_two(national_editor):
    person = get_user_model().objects.get(email="zuid@example.org")
    heirs = [make_user(f"{name}@example.org") for name in ("een", "twee")]
    came_late = second_after(
        lambda: access.hand_over(person, heirs[0], by=national_editor),
        lambda: access.hand_over(person, heirs[1], by=national_editor),
    )

    assert isinstance(came_late, access.NothingToHandOver)
    assert [group.name for group in heirs[0].groups.all()] == ["Redactie Zuid"]
    assert not heirs[1].groups.exists()
