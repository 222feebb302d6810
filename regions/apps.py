from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "regions"
    verbose_name = _("Regio's")

    def ready(self):
        from django.contrib.auth import get_user_model

        from .models import RegionAccess, RegionPage

        post_save.connect(provision_region, sender=RegionPage, dispatch_uid="regions.provision")
        post_delete.connect(delete_group, sender=RegionAccess, dispatch_uid="regions.delete_group")
        post_save.connect(withdraw_invitations, sender=get_user_model(), dispatch_uid="regions.withdraw_invitations")


def provision_region(instance, raw, **kwargs):
    """Runs inside ``Page.save``, which is one transaction: a region never exists without its group."""
    from .rights import provision

    if not raw:
        provision(instance)


def delete_group(instance, **kwargs):
    """The group of a deleted region would still open the admin; its collection stays, with the files in it."""
    instance.group.delete()


def withdraw_invitations(instance, **kwargs):
    """An account is switched off; that its owner can't be let in again, and let nobody else in, by a link."""
    from .people.invitations import withdraw_all_of

    if not instance.is_active:
        withdraw_all_of(instance)
