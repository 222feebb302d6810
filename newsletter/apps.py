from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = _("Nieuwsbrief")

    def ready(self):
        from regions.signals import region_closing, region_merging

        from .bounces import providers
        from .sending import protecting
        from .subscribing import merging, opting_in

        merging.connect()
        opting_in.connect()
        providers.connect()
        region_closing.connect(protecting.keep_region_open, dispatch_uid="newsletter.keep_region_open")
        region_merging.connect(protecting.keep_regions_apart, dispatch_uid="newsletter.keep_regions_apart")
