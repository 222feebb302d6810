"""What can't be done while a newsletter is on its way: it would be sent by a region that is gone."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Exists, Q
from django.utils.translation import gettext as _


def keep_region_open(region, **kwargs) -> None:
    """Raises ``ValidationError`` when a newsletter of ``region`` is being sent, or is to be."""
    _refuse_while_open(Q(newsletter__path__startswith=region.path))


def keep_regions_apart(source, target, with_content, **kwargs) -> list[str]:
    """Raises ``ValidationError`` when a newsletter is on its way whose list and issues would move, or whose list grows:
    then nobody could tell for whom the issue is.
    """
    if with_content:
        grows = Exists(apps.get_model("newsletter.NewsletterIndexPage").objects.child_of(source))
        theirs = Q(grows, newsletter__path__startswith=target.path)
        _refuse_while_open(Q(newsletter__path__startswith=source.path) | theirs)
    return []


def _refuse_while_open(of_lists: Q) -> None:
    runs = apps.get_model("newsletter.SendRun").objects.open().filter(of_lists)
    if run := runs.select_related("frozen").first():
        message = _("De nieuwsbrief ‘%(subject)s’ is onderweg. Wacht tot die verstuurd is, of annuleer de verzending.")
        raise ValidationError(message % {"subject": run.frozen.subject})
