from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Zoeken")

    def ready(self):
        from .models import Synonym

        for signal in (post_save, post_delete):
            signal.connect(forget_synonyms, sender=Synonym, dispatch_uid="search.forget_synonyms")


def forget_synonyms(**kwargs):
    """What the API keeps of them, and of its answers, is out of date."""
    from cms.models import DocumentState

    DocumentState.renew()
