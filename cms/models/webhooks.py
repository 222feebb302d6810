"""Who is told when something changes on the site, and what each of them was sent."""

import base64
import json
import secrets

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.outgoing.addresses import AddressRefused, parse

PREFIX = "whsec_"


def new_secret() -> str:
    """A random key in the form of Standard Webhooks: the prefix, then base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def validate_secret(value: str) -> None:
    """Standard Webhooks asks for 24 to 64 random bytes."""
    try:
        key = base64.b64decode(value.removeprefix(PREFIX), validate=True)
    except ValueError:
        key = b""
    if not value.startswith(PREFIX) or not 24 <= len(key) <= 64:
        raise ValidationError(_("Een geheim is ‘whsec_’ met daarachter 24 tot 64 bytes in base64."))


def validate_url(value: str) -> None:
    """Checks all of the address that can be checked without looking up its host."""
    try:
        parse(value)
    except AddressRefused as refusal:
        raise ValidationError(str(refusal), code="refused") from refusal


class WebhookEvent(models.TextChoices):
    PUBLISHED = "page.published", _("Pagina gepubliceerd")
    UNPUBLISHED = "page.unpublished", _("Pagina offline gehaald")
    MOVED = "page.moved", _("Pagina verplaatst of ander adres")
    DELETED = "page.deleted", _("Pagina verwijderd")
    SETTINGS = "settings.changed", _("Menu, footer of contactgegevens veranderd")
    TEST = "test", _("Test")


class Webhook(models.Model):
    """A receiver outside: a front end, a cache, a search engine."""

    name = models.CharField(_("naam"), max_length=120, help_text=_("Wie krijgt de berichten? Bijvoorbeeld ‘Website’."))
    url = models.CharField(
        _("adres"),
        max_length=500,
        unique=True,
        validators=[ProhibitNullCharactersValidator(), validate_url],
        error_messages={"unique": _("Er is al een webhook voor dit adres.")},
        help_text=_("Het volledige adres van de ontvanger. Het begint met https://."),
    )
    secret = models.CharField(
        _("geheim"), max_length=120, default=new_secret, editable=False, validators=[validate_secret]
    )
    events = models.JSONField(_("gebeurtenissen"), default=list, blank=True)
    """Values of ``WebhookEvent``; none means all."""
    is_active = models.BooleanField(
        _("actief"), default=True, help_text=_("Staat dit uit, dan sturen we geen berichten, behalve een test.")
    )
    switched_off_because = models.CharField(_("uitgezet omdat"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @property
    def key(self) -> bytes:
        """What messages are signed with."""
        return base64.b64decode(self.secret.removeprefix(PREFIX))

    def wants(self, event: str) -> bool:
        return not self.events or event in self.events or event == WebhookEvent.TEST

    def events_in_words(self) -> str:
        names = [str(WebhookEvent(event).label) for event in self.events]
        return ", ".join(names) or str(_("Alle gebeurtenissen"))

    events_in_words.short_description = _("gebeurtenissen")


class WebhookDeliveryQuerySet(models.QuerySet):
    def due(self):
        """Those to be sent now; one that a worker is sending is due again only after a while.

        A webhook that is off is sent tests only.
        """
        wanted = models.Q(webhook__in=Webhook.objects.filter(is_active=True)) | models.Q(event=WebhookEvent.TEST)
        return self.filter(wanted, state=WebhookDelivery.State.WAITING, next_attempt_at__lte=timezone.now())


class WebhookDelivery(models.Model):
    """One message for one receiver, with what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Wacht")
        DELIVERED = "delivered", _("Bezorgd")
        GIVEN_UP = "given_up", _("Opgegeven")

    webhook = models.ForeignKey(Webhook, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="deliveries")
    event_id = models.CharField(_("nummer"), max_length=40)
    """Stays the same whenever the message is sent again, so that a receiver can tell."""
    event = models.CharField(_("gebeurtenis"), max_length=20, choices=WebhookEvent)
    body = models.TextField(_("bericht"))
    """JSON, kept as text: what is signed must be the same bytes every time."""
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    next_attempt_at = models.DateTimeField(_("volgende poging"), default=timezone.now)
    """Also says until when a worker has it: it moves on when sending begins."""
    last_status = models.PositiveSmallIntegerField(_("antwoord"), null=True)
    """HTTP status of the last answer; ``None`` when there was none."""
    last_error = models.CharField(_("fout"), max_length=300, blank=True)
    answer = models.TextField(_("tekst van het antwoord"), blank=True)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now, db_index=True)
    delivered_at = models.DateTimeField(_("bezorgd"), null=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("verzonden bericht")
        verbose_name_plural = _("verzonden berichten")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["webhook", "event_id"], name="cms_webhook_event_once")]
        indexes = [
            models.Index(
                fields=["webhook", "next_attempt_at"], name="cms_webhook_waiting", condition=models.Q(state="waiting")
            )
        ]

    def __str__(self):
        return f"{self.get_event_display()} {self.path}".strip()

    @property
    def payload(self) -> dict:
        return json.loads(self.body)

    @property
    def path(self) -> str:
        return self.payload["path"] or ""
