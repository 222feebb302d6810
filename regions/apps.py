from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "regions"
    verbose_name = _("Regio's")

    def ready(self):
        from .models import RegionAccess, RegionPage

        post_save.connect(provision_region, sender=RegionPage, dispatch_uid="regions.provision")
        post_delete.connect(delete_group, sender=RegionAccess, dispatch_uid="regions.delete_group")


def provision_region(instance, raw, **kwargs):
    """Runs inside ``Page.save``, which is one transaction: a region never exists without its group."""
    from .rights import provision

    if not raw:
        provision(instance)


def delete_group(instance, **kwargs):
    """The group of a deleted region would still open the admin; its collection stays, with the files in it."""
    instance.group.delete()
