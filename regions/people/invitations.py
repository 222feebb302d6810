"""Inviting somebody to edit a region, by a link that works once and for seven days.

Each verb locks what it decides by, so that two of them at the same moment come to the same as one after the other. The
mail is a task written in the same transaction: nothing is mailed of what was rolled back.
"""

import datetime

from django.contrib.auth import get_user_model
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from regions.models import Invitation, RegionPage
from regions.models.invitations import a_week_from_now

from .mail import mail_invitation, read

KEPT = datetime.timedelta(days=90)


class AlreadyInvited(Exception):
    """There is an open invitation of this address for this region."""


class AlreadyEditor(Exception):
    """The account with this address may edit the region as it is."""


class InvitationRefused(Exception):
    """Why an invitation doesn't let anybody in."""


class InvitationUnknown(InvitationRefused):
    pass


class InvitationUsed(InvitationRefused):
    pass


class InvitationWithdrawn(InvitationRefused):
    pass


class InvitationExpired(InvitationRefused):
    pass


class RegionClosed(InvitationRefused):
    """The region was closed, or went up in another one."""


class WrongPerson(InvitationRefused):
    """Somebody else is logged in than was invited."""


class AccountSwitchedOff(InvitationRefused):
    pass


class AccountExists(InvitationRefused):
    """There is an account with this address, whose owner has to log in first."""


@transaction.atomic
def invite(region: RegionPage, email: str, by) -> Invitation:
    """Invite ``email`` to edit ``region``, and have the link mailed.

    Raises ``RegionClosed``, ``AccountSwitchedOff``, ``AlreadyEditor`` or ``AlreadyInvited``.
    """
    if region.status != RegionPage.Status.ACTIVE:
        raise RegionClosed
    person = account_with(email)
    if person and (person.is_superuser or person.groups.filter(region_access__region=region).exists()):
        raise AlreadyEditor
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(region=region, email=email, invited_by=by)
    except IntegrityError as taken:
        raise AlreadyInvited from taken
    log(region, "regions.invite", user=by, data={"person": email})
    mail_invitation.enqueue(invitation.pk)
    return invitation


@transaction.atomic
def send_again(pk: int, by) -> Invitation:
    """Mail the same link once more; it holds for another seven days.

    Raises ``InvitationUnknown``, ``InvitationUsed``, ``InvitationWithdrawn`` or ``RegionClosed``.
    """
    invitation = _lock(pk)
    invitation.expires_at, invitation.mailed_at = a_week_from_now(), None
    invitation.save(update_fields=["expires_at", "mailed_at"])
    log(invitation.region, "regions.invite_again", user=by, data={"person": invitation.email})
    mail_invitation.enqueue(invitation.pk)
    return invitation


@transaction.atomic
def withdraw(pk: int, by) -> Invitation:
    """The link works no longer. Raises ``InvitationUnknown``, ``InvitationUsed`` or ``InvitationWithdrawn``."""
    invitation = _lock(pk, of_closed_regions=True)
    _withdraw(invitation, by)
    return invitation


@transaction.atomic
def withdraw_all_of(person) -> None:
    """The invitations to ``person`` and those that she sent: of an account that is off no link works any longer."""
    hers = Q(email__iexact=person.email) | Q(invited_by=person)
    for invitation in Invitation.objects.open().filter(hers).select_for_update(of=("self",)).select_related("region"):
        _withdraw(invitation)


def find(token: str) -> Invitation:
    """The invitation that the last part of a link stands for.

    Raises ``InvitationUnknown``, ``InvitationUsed``, ``InvitationWithdrawn``, ``RegionClosed`` or
    ``InvitationExpired``.
    """
    return _check_valid(_get(Invitation.objects, _read(token)))


@transaction.atomic
def accept(token: str, person) -> Invitation:
    """Give ``person``, who is logged in, access to the region.

    Raises what ``find`` does, and ``WrongPerson``.
    """
    invitation = _check_valid(_lock(_read(token)))
    if account_with(invitation.email) != person:
        raise WrongPerson
    _admit(invitation, person)
    return invitation


@transaction.atomic
def accept_as_newcomer(token: str, first_name: str, last_name: str, password: str):
    """Make an account for who was invited, with access to the region; gives the account.

    Raises what ``find`` does, and ``AccountExists``.
    """
    invitation = _check_valid(_lock(_read(token)))
    if account_with(invitation.email):
        raise AccountExists
    try:
        with transaction.atomic():
            person = get_user_model().objects.create_user(
                invitation.email, password, first_name=first_name, last_name=last_name
            )
    except IntegrityError as taken:  # by an invitation for another region, at the same moment
        raise AccountExists from taken
    _admit(invitation, person)
    return person


def forget_invitations() -> None:
    """Delete those that let nobody in any more since 90 days.

    Their addresses stay in the history of the region, which says who was invited by whom.
    """
    Invitation.objects.ended_before(timezone.now() - KEPT).delete()


def account_with(email: str):
    """The account with this address, or ``None``. Raises ``AccountSwitchedOff``."""
    person = get_user_model().objects.filter(email__iexact=email).first()
    if person and not person.is_active:
        raise AccountSwitchedOff
    return person


def _read(token: str) -> int:
    try:
        return read(token)
    except signing.BadSignature as forged:
        raise InvitationUnknown from forged


def _lock(pk: int, of_closed_regions: bool = False) -> Invitation:
    invitation = _get(Invitation.objects.select_for_update(of=("self",)), pk)
    return _check_open(invitation, of_closed_regions)


def _get(invitations, pk: int) -> Invitation:
    invitation = invitations.select_related("region__access__group").filter(pk=pk).first()
    if invitation is None:
        raise InvitationUnknown
    return invitation


def _check_open(invitation: Invitation, of_closed_regions: bool = False) -> Invitation:
    if invitation.accepted_at:
        raise InvitationUsed
    if invitation.withdrawn_at:
        raise InvitationWithdrawn
    if invitation.region.status != RegionPage.Status.ACTIVE and not of_closed_regions:
        raise RegionClosed
    return invitation


def _check_valid(invitation: Invitation) -> Invitation:
    _check_open(invitation)
    if invitation.is_expired:
        raise InvitationExpired
    return invitation


def _withdraw(invitation: Invitation, by=None) -> None:
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    log(invitation.region, "regions.withdraw_invitation", user=by, data={"person": invitation.email})


def _admit(invitation: Invitation, person) -> None:
    person.groups.add(invitation.region.access.group)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    log(invitation.region, "regions.accept_invitation", user=person, data={"person": str(person)})
