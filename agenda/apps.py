from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "agenda"
    verbose_name = _("Agenda")

    def ready(self):
        from regions.signals import region_closing

        from .registration import protecting, publishing

        publishing.connect()
        region_closing.connect(protecting.keep_region_open, dispatch_uid="agenda.keep_region_open")
