from django.apps import AppConfig
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "agenda"
    verbose_name = _("Agenda")

    def ready(self):
        from regions.signals import region_closing

        from .registration import protecting, publishing

        publishing.connect()
        pre_delete.connect(protecting.keep_session, sender="agenda.EventSession", dispatch_uid="agenda.keep_session")
        region_closing.connect(protecting.keep_region_open, dispatch_uid="agenda.keep_region_open")
