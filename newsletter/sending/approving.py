"""Who may agree to a run that somebody else asked for."""

from django.conf import settings
from django.db.models import QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from newsletter.models import NewsletterIndexPage


def others_who_may_approve(newsletter: NewsletterIndexPage, user_id: int | None) -> QuerySet:
    """All who may send ``newsletter`` and whose account is open, but for the user ``user_id``."""
    return PagePermissionPolicy().users_with_permission_for_instance("publish", newsletter).exclude(pk=user_id)


def lacks_second_person(newsletter: NewsletterIndexPage, user_id: int | None) -> bool:
    """Whether somebody else than the user ``user_id`` has to agree, and nobody may."""
    return settings.NEWSLETTER_FOUR_EYES and not others_who_may_approve(newsletter, user_id).exists()
