from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("CMS")

    def ready(self):
        from wagtail.signals import init_new_page, page_published

        from . import document_signals, exports
        from .login import log
        from .models import Image, User

        post_save.connect(enqueue_renditions, sender=Image, dispatch_uid="cms.enqueue_renditions")
        page_published.connect(enqueue_missing_renditions, dispatch_uid="cms.enqueue_missing_renditions")
        init_new_page.connect(start_with_today, dispatch_uid="cms.start_with_today")
        document_signals.connect()
        exports.protect_exports()
        log.connect()
        post_save.connect(end_what_is_open, sender=User, dispatch_uid="cms.end_what_is_open")


def enqueue_renditions(instance, raw, **kwargs):
    from .tasks import make_renditions

    if not raw:
        make_renditions.enqueue(instance.pk)


def enqueue_missing_renditions(instance, **kwargs):
    """A page goes online; its pictures may lack sizes when they came in past the admin, or more sizes are offered."""
    from .renditions import images_lacking_sizes
    from .tasks import make_renditions

    for image in images_lacking_sizes(instance):
        make_renditions.enqueue(image.pk)


def end_what_is_open(instance, **kwargs):
    """An account is switched off: its sessions and previews end, and don't come back when it is switched on."""
    from .login.sessions import end_sessions
    from .models import Preview

    if not instance.is_active:
        end_sessions(instance)
        Preview.objects.filter(user=instance).delete()


def start_with_today(page, **kwargs):
    """A new item in the admin starts with the date of today."""
    if getattr(page, "is_dated", False):
        page.date = timezone.localdate()
