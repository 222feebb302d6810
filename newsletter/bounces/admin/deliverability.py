"""The report "Bezorging": whether mailboxes can trust our mail, and what came back of it."""

from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.national import NationalOnly
from newsletter.bounces import rates
from newsletter.bounces.domains import Finding, look_at
from newsletter.bounces.name_server import SECONDS, Lookup, lookup_within
from newsletter.models import Feedback, NewsletterIndexPage

DOMAINS = 10
"""More of them are not asked about in one go."""


class DeliverabilityView(NationalOnly, WagtailAdminTemplateMixin, TemplateView):
    """DNS is asked only when somebody wants to know, as that may take ``SECONDS``."""

    template_name = "newsletter/bounces/deliverability.html"
    page_title = _("Bezorging")
    header_icon = "mail"
    lookup: Lookup | None = None
    """Asks DNS; ``None`` for a name server."""

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @cached_property
    def domains(self) -> list[str]:
        """From which newsletters are sent, in alphabetical order."""
        addresses = NewsletterIndexPage.objects.order_by().values_list("sender_email", flat=True).distinct()
        default = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        return sorted({(address or default).rpartition("@")[2].lower() for address in addresses})

    def findings(self) -> list[Finding]:
        return_domain = settings.NEWSLETTER_BOUNCE_ADDRESS.rpartition("@")[2].lower()
        lookup = self.lookup or lookup_within(SECONDS)
        return look_at(self.domains[:DOMAINS], return_domain, settings.NEWSLETTER_DKIM_SELECTORS, lookup)

    def get_context_data(self, **kwargs):
        is_asked = "dns" in self.request.GET
        return super().get_context_data(**kwargs) | {
            "domains": self.domains[:DOMAINS],
            "other_domains": len(self.domains[DOMAINS:]),
            "is_asked": is_asked,
            "findings": self.findings() if is_asked else [],
            "has_selectors": bool(settings.NEWSLETTER_DKIM_SELECTORS),
            "provider": settings.ANYMAIL_PROVIDER.capitalize(),
            "bounce_address": settings.NEWSLETTER_BOUNCE_ADDRESS,
            "last_feedback": Feedback.objects.values_list("received_at", flat=True).first(),
            "period": rates.rates_of_period(),
            "runs": rates.last_runs(),
            "lines": rates,
            "feedback_url": reverse("feedback"),
        }
