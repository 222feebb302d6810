"""Who may do what, and what national editors may change about it.

They reach the accounts of editors, and of their rights only the groups of the regions and of the national editors.
Superusers, other groups and rights given to one person are left alone: they are how administrators keep the
installation, and whoever could touch them could give herself any right, or lock out who has to mend things.
"""

import uuid
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.login import second_factor
from regions.rights import NATIONAL_GROUP


class OwnAccount(Exception):
    """Nobody takes away her own access or switches off her own account: there would be nobody left to undo it."""


class NoAccess(Exception):
    """There is no such access, or no longer."""


class BeyondEditors(Exception):
    """The account has rights that administrators gave; only they change what it takes to log in."""


class NoSuccessor(Exception):
    """One can't hand over to oneself, nor to an account that is switched off."""


class NothingToHandOver(Exception):
    pass


@dataclass(frozen=True)
class Belongings:
    """What somebody leaves behind when she goes."""

    groups: list[Group]
    pages: int
    """Those that she made."""
    drafts: int
    """Pages whose last version is hers and isn't published."""
    locks: int

    def __bool__(self):
        return bool(self.groups or self.pages or self.drafts or self.locks)


def editors() -> QuerySet:
    """The accounts that national editors manage: all but those of superusers."""
    return get_user_model().objects.filter(is_superuser=False)


def accesses() -> QuerySet[Group]:
    """The groups that national editors manage, each with its region."""
    managed = Group.objects.filter(Q(region_access__isnull=False) | Q(name=NATIONAL_GROUP))
    return managed.select_related("region_access__region").order_by("region_access__region__title")


def name_of(group: Group) -> str:
    return group.region_access.region.title if hasattr(group, "region_access") else group.name


@transaction.atomic
def take_access(person, group: Group, by) -> None:
    """Take ``person`` out of ``group``. Raises ``OwnAccount`` or ``NoAccess``."""
    person = _lock(person)
    if person == by:
        raise OwnAccount
    if not accesses().filter(pk=group.pk, user=person).exists():
        raise NoAccess
    person.groups.remove(group)
    # In the history of the region, where its editors see it too; what is national in that of the account.
    about = group.region_access.region if hasattr(group, "region_access") else person
    log(about, "regions.take_access", user=by, data={"person": str(person), "access": name_of(group)})


@transaction.atomic
def switch(person, is_active: bool, by) -> None:
    """Let ``person`` log in or not; her access stays as it is. Raises ``OwnAccount`` or ``BeyondEditors``.

    Switching off also ends her sessions, previews and invitations (``cms.apps``, ``regions.apps``).
    """
    person = _lock_colleague(person, by)
    if person.is_active != is_active:
        person.is_active = is_active
        person.save(update_fields=["is_active"])
        log(person, "regions.switch_on" if is_active else "regions.switch_off", user=by)


@transaction.atomic
def reset_second_factor(person, by) -> None:
    """Let ``person``, who lost her phone, log in with her password alone, once, to set up another.

    Raises ``OwnAccount``, ``BeyondEditors`` or ``second_factor.NoSecondFactor``.
    """
    person = _lock_colleague(person, by)
    second_factor.reset(person)
    log(person, "cms.second_factor_reset", user=by)


def is_beyond_editors(person) -> bool:
    return person.user_permissions.exists() or person.groups.exclude(pk__in=accesses().values("pk")).exists()


def belongings(person) -> Belongings:
    return Belongings(
        groups=list(accesses().filter(user=person)),
        pages=_pages(person).count(),
        drafts=_drafts(person).count(),
        locks=_locks(person).count(),
    )


@transaction.atomic
def hand_over(person, successor, by) -> Belongings:
    """Give ``successor`` all that ``person`` has to do with, and take it from ``person``; gives what it was.

    The history of the pages keeps saying who wrote what. Raises ``NoSuccessor`` or ``NothingToHandOver``.
    """
    both = editors().select_for_update().filter(pk__in=[person.pk, successor.pk]).order_by("pk")
    locked = {found.pk: found for found in both}
    person, successor = locked[person.pk], locked[successor.pk]
    if person == successor or not successor.is_active:
        raise NoSuccessor
    handed = belongings(person)
    if not handed:
        raise NothingToHandOver
    successor.groups.add(*handed.groups)
    person.groups.remove(*handed.groups)
    Revision.objects.filter(pk__in=list(_drafts(person).values_list("latest_revision", flat=True))).update(
        user=successor
    )
    _pages(person).update(owner=successor)
    _locks(person).update(locked_by=successor)
    _log_hand_over(handed.groups, person, successor, by)
    return handed


def _lock(person):
    return editors().select_for_update().get(pk=person.pk)


def _lock_colleague(person, by):
    person = _lock(person)
    if person == by:
        raise OwnAccount
    if is_beyond_editors(person):
        raise BeyondEditors
    return person


def _pages(person) -> QuerySet[Page]:
    return Page.objects.filter(owner=person)


def _drafts(person) -> QuerySet[Page]:
    return Page.objects.filter(has_unpublished_changes=True, latest_revision__user=person)


def _locks(person) -> QuerySet[Page]:
    return Page.objects.filter(locked_by=person)


def _log_hand_over(groups: list[Group], person, successor, by) -> None:
    regions = [group.region_access.region for group in groups if hasattr(group, "region_access")]
    names = {"person": str(person), "successor": str(successor)}
    for about in [person, *regions]:
        # Of entries with one uuid Wagtail shows only the last, whatever page it is about.
        log(about, "regions.hand_over", user=by, uuid=uuid.uuid4(), data=names)
