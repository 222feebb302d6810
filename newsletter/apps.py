from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = _("Nieuwsbrief")

    def ready(self):
        from .bounces import providers
        from .subscribing import opting_in

        opting_in.connect()
        providers.connect()
