"""One subscriber: on which lists, what was agreed to, what was sent and came back, and leaving or being erased."""

from collections.abc import Collection

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from cms.isolation.visible import sees_all
from cms.national import NationalOnly
from newsletter.models import ConsentEvent, Delivery, Feedback, Subscription, Suppression
from newsletter.subscribing import desk, erasing
from newsletter.subscribing.addresses import hash_of
from newsletter.subscribing.newsletters import full_title

from .access import HOME, TO_SUBSCRIBERS, AboutSubscriber, lists_of, own_lists

SHOWN = 50
"""Rows of each kind, the last ones."""


class SubscriberScreen(AboutSubscriber, WagtailAdminTemplateMixin):
    header_icon = "user"

    def get_page_title(self):
        return self.subscriber.email

    @property
    def back(self) -> str:
        return reverse("subscribers:person", args=[self.subscriber.pk])

    def get_breadcrumbs_items(self):
        return [*HOME, TO_SUBSCRIBERS, {"url": "", "label": self.get_page_title()}]


class PersonView(SubscriberScreen, TemplateView):
    """To who works for one region, only what is of its own lists."""

    template_name = "newsletter/subscribers/person.html"

    def get_context_data(self, **kwargs):
        titles = {newsletter.pk: full_title(newsletter) for newsletter in own_lists(self.request.user)}
        suppression = Suppression.objects.filter(address_hash=self.subscriber.address_hash).first()
        return super().get_context_data(**kwargs) | {
            "subscriber": self.subscriber,
            "is_national": self.is_national,
            "suppression": suppression,
            "subscriptions": [(one, titles[one.newsletter_id]) for one in self.subscriptions(titles)],
            "consents": self.consents().order_by("-pk")[:SHOWN],
            "deliveries": self.deliveries().order_by("-pk")[:SHOWN],
            "feedback": self.feedback().order_by("-pk")[:SHOWN],
            "mails": self.subscriber.mails.order_by("-pk")[:SHOWN] if self.is_national else [],
        }

    @cached_property
    def is_national(self) -> bool:
        return sees_all(self.request.user)

    @cached_property
    def lists(self) -> QuerySet:
        return lists_of(self.request.user).values("pk")

    def subscriptions(self, lists: Collection[int]) -> QuerySet[Subscription]:
        return self.subscriber.subscriptions.filter(newsletter__in=lists)

    def consents(self) -> QuerySet[ConsentEvent]:
        found = ConsentEvent.objects.filter(address_hash=self.subscriber.address_hash)
        return found if self.is_national else found.filter(newsletter__in=self.lists)

    def deliveries(self) -> QuerySet[Delivery]:
        found = self.subscriber.deliveries.annotate(subject=F("run__frozen__subject"))
        return found if self.is_national else found.filter(run__newsletter__in=self.lists)

    def feedback(self) -> QuerySet[Feedback]:
        about = Q(delivery__subscriber=self.subscriber)
        if self.is_national:
            return Feedback.objects.filter(about | Q(address_hash=self.subscriber.address_hash))
        return Feedback.objects.filter(about, delivery__run__newsletter__in=self.lists)


class EndView(SubscriberScreen, FormView):
    """Somebody asked an editor to be taken off a list."""

    form_class = forms.Form
    header_icon = "cross"
    template_name = "newsletter/subscribers/form.html"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        own = self.subscriber.subscriptions.filter(newsletter__in=lists_of(request.user).values("pk"))
        found = own.exclude(state=Subscription.State.ENDED).select_related("newsletter")
        self.subscription = get_object_or_404(found, pk=kwargs["subscription_pk"])

    def get_page_title(self):
        words = {"address": self.subscriber.email, "newsletter": full_title(self.subscription.newsletter)}
        return _("%(address)s uitschrijven voor ‘%(newsletter)s’") % words

    def form_valid(self, form):
        desk.unsubscribe(self.subscription, source_text=_("Een redacteur, op verzoek"))
        log(self.subscription.newsletter, "newsletter.end_subscription", user=self.request.user)
        messages.success(self.request, _("Uitgeschreven. Er gaat geen mail over uit."))
        return redirect(self.back)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "explanation": _(
                "Dit adres krijgt deze nieuwsbrief niet meer. U kunt dat niet terugdraaien: inschrijven doet men zelf."
            ),
            "submit_button_label": _("Uitschrijven"),
            "back": self.back,
        }


class EraseForm(forms.Form):
    address = forms.EmailField(
        label=_("Typ het e-mailadres over"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Zo wist u niet per ongeluk de verkeerde."),
    )

    def __init__(self, *args, address_hash: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.address_hash = address_hash

    def clean_address(self) -> str:
        address = self.cleaned_data["address"]
        if hash_of(address) != self.address_hash:
            raise ValidationError(_("Dit is een ander adres."))
        return address


class EraseView(NationalOnly, SubscriberScreen, FormView):
    form_class = EraseForm
    header_icon = "bin"
    template_name = "newsletter/subscribers/form.html"

    def get_page_title(self):
        return _("%(address)s wissen") % {"address": self.subscriber.email}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"address_hash": self.subscriber.address_hash}

    def form_valid(self, form):
        erasing.erase(self.subscriber, source_text=_("Een redacteur, op verzoek"))
        log(self.request.user, "newsletter.erase_subscriber", user=self.request.user)
        messages.success(self.request, _("De gegevens zijn gewist."))
        return redirect("subscribers:index")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "explanation": _(
                "Het adres gaat van alle nieuwsbrieven af en wordt overal gewist; u kunt dat niet terugdraaien. Wat er "
                "blijft is een code waaruit niemand het adres kan lezen. Daarmee kunnen we aantonen dat er toestemming "
                "was, en zorgen we dat een import het adres niet terugbrengt. Zelf inschrijven kan altijd."
            ),
            "submit_button_label": _("Wissen"),
            "back": self.back,
        }
