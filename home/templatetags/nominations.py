"""What became of nominations, for templates."""

from django import template
from wagtail.models import Page

from home.models import Nomination

register = template.Library()


@register.inclusion_tag("home/nomination_status.html")
def nomination_status(page: Page) -> dict:
    """The last nomination of ``page``."""
    return {"nomination": Nomination.objects.filter(page_id=page.pk).first()}
