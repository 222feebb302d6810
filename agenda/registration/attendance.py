"""Ticking off who came."""

from django.utils import timezone

from agenda.models import Registration

from .refusals import NotRegistered


def mark(registration: Registration, is_present: bool) -> None:
    """Note that somebody with a place came, or didn't after all; doing so twice changes nothing.

    Raises ``NotRegistered`` for somebody without a place.
    """
    with_place = Registration.objects.filter(pk=registration.pk, state=Registration.State.CONFIRMED)
    if not with_place.exists():
        raise NotRegistered
    with_place.filter(attended_at__isnull=is_present).update(attended_at=timezone.now() if is_present else None)
