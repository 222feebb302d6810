from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Landelijk")

    def ready(self):
        from wagtail.signals import page_unpublished, published

        from .models import SiteSettings

        for signal in (post_save, post_delete):
            signal.connect(forget_site, sender=SiteSettings, dispatch_uid="home.forget_site")
        published.connect(tell_of_site, sender=SiteSettings, dispatch_uid="home.tell_of_site")
        page_unpublished.connect(withdraw_nomination, dispatch_uid="home.withdraw_nomination")


def forget_site(**kwargs):
    """What the API keeps of the settings is out of date."""
    from cms.models import DocumentState

    DocumentState.renew()


def tell_of_site(instance, **kwargs):
    from cms.webhooks.events import settings_changed

    settings_changed(instance)


def withdraw_nomination(instance, **kwargs):
    """What is offline can't be shown nationally."""
    from .models import Nomination
    from .nomination import withdraw

    for nomination in Nomination.objects.standing().filter(page_id=instance.pk):
        withdraw(nomination)
