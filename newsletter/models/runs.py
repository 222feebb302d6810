"""Sending an issue to a list: the run, and one row for each address."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .subscribers import HASH_LENGTH


class SendRunQuerySet(models.QuerySet):
    def open(self):
        """Those that aren't over."""
        return self.filter(state__in=SendRun.OPEN)


class SendRun(models.Model):
    """One frozen issue on its way to all on a list who haven't had it yet; all moments are aware.

    So the first run goes to everybody, and another one to whoever came later.

    draft → scheduled → preparing → ready → sending ⇄ paused → done or attention; until it is over it can be cancelled.
    """

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        DRAFT = "draft", _("Wacht op akkoord")
        SCHEDULED = "scheduled", _("Ingepland")
        PREPARING = "preparing", _("Wordt klaargezet")
        READY = "ready", _("Staat klaar")
        SENDING = "sending", _("Wordt verstuurd")
        PAUSED = "paused", _("Gepauzeerd")
        DONE = "done", _("Verstuurd")
        ATTENTION = "attention", _("Vraagt aandacht")
        CANCELLED = "cancelled", _("Geannuleerd")

    OPEN = (State.DRAFT, State.SCHEDULED, State.PREPARING, State.READY, State.SENDING, State.PAUSED)

    class OnDoubt(models.TextChoices):
        """What becomes of a mail of which nobody knows whether it went out."""

        RESEND = "resend", _("Opnieuw versturen: niemand mist de nieuwsbrief, een enkeling krijgt hem misschien dubbel")
        HOLD = "hold", _("Niet opnieuw versturen: niemand krijgt hem dubbel; u beslist later over de twijfelgevallen")

    frozen = models.ForeignKey(
        "newsletter.FrozenIssue", verbose_name=_("nummer"), on_delete=models.PROTECT, related_name="runs"
    )
    newsletter = models.ForeignKey(
        "newsletter.NewsletterIndexPage",
        verbose_name=_("nieuwsbrief"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="runs",
    )
    """The list; empty when the newsletter was taken away."""
    state = models.CharField(_("status"), max_length=9, choices=State, default=State.DRAFT)
    on_doubt = models.CharField(_("bij twijfel"), max_length=6, choices=OnDoubt, default=OnDoubt.RESEND)
    send_at = models.DateTimeField(_("versturen op"), default=timezone.now)
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("door"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(_("akkoord op"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("akkoord van"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_until = models.DateTimeField(null=True)
    """Who subscribed after this moment isn't among its candidates; set when preparing begins."""
    prepared_to = models.BigIntegerField(default=0)
    """The id of the last subscription that was looked at; a preparation that broke off goes on behind it."""
    candidates = models.PositiveIntegerField(_("abonnees"), default=0)
    """How many on the list hadn't had it; as many as there are deliveries, those that are skipped included."""
    started_at = models.DateTimeField(_("begonnen op"), null=True)
    running_since = models.DateTimeField(null=True)
    """When it began or was resumed last; what went wrong before that isn't held against it again."""
    finished_at = models.DateTimeField(_("klaar op"), null=True)
    paused_because = models.CharField(_("reden van de pauze"), max_length=300, blank=True)
    """In Dutch, for the editor."""

    objects = SendRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("verzending")
        verbose_name_plural = _("verzendingen")
        default_permissions = ()
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["frozen"],
                condition=models.Q(state__in=("draft", "scheduled", "preparing", "ready", "sending", "paused")),
                name="newsletter_run_one_open",
            )
        ]

    def __str__(self):
        return f"{self.frozen} ({self.get_state_display()})"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class Delivery(models.Model):
    """One issue to one address; nobody has two of a run, and a row that is over never opens again by itself."""

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        PENDING = "pending", _("Wacht")
        LEASED = "leased", _("Wordt zo verstuurd")
        SENDING = "sending", _("Wordt verstuurd")
        ACCEPTED = "accepted", _("Verstuurd")
        DEFERRED = "deferred", _("Later opnieuw")
        REJECTED = "rejected", _("Geweigerd")
        UNCERTAIN = "uncertain", _("Onzeker")
        SKIPPED = "skipped", _("Overgeslagen")

    WAITING = (State.PENDING, State.DEFERRED)
    HELD = (State.LEASED, State.SENDING)
    OPEN = (*WAITING, *HELD)

    class Skipped(models.TextChoices):
        """Why somebody on the list gets no mail."""

        SUPPRESSED = "suppressed", _("Adres geblokkeerd")
        LEFT = "left", _("Inmiddels uitgeschreven")
        CANCELLED = "cancelled", _("Verzending geannuleerd")

    run = models.ForeignKey(SendRun, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    subscriber = models.ForeignKey(
        "newsletter.Subscriber", null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    """Empty once the subscriber is erased."""
    address_hash = models.CharField(max_length=HASH_LENGTH)
    state = models.CharField(_("status"), max_length=9, choices=State, default=State.PENDING)
    skipped = models.CharField(_("reden"), max_length=10, choices=Skipped, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    """A deferred one waits until then."""
    leased_by = models.CharField(max_length=36, blank=True)
    """Which connection has it; after ``leased_until`` another may take over."""
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    first_attempt_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(_("afgehandeld op"), null=True)
    reply = models.CharField(_("antwoord van de mailserver"), max_length=300, blank=True)
    was_uncertain = models.BooleanField(_("mogelijk dubbel"), default=False)
    """It may have gone out before: the connection or the program broke off while it was sent."""
    provider_id = models.CharField(max_length=200, blank=True)
    """What a provider calls the mail, when it went out by one."""
    bounced_at = models.DateTimeField(_("teruggekomen op"), null=True)
    complained_at = models.DateTimeField(_("klacht op"), null=True)

    class Meta:
        verbose_name = _("verzonden mail")
        verbose_name_plural = _("verzonden mails")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "subscriber"], name="newsletter_delivery_subscriber"),
            models.UniqueConstraint(fields=["run", "address_hash"], name="newsletter_delivery_address"),
        ]
        indexes = [
            models.Index(
                fields=["run", "due_at", "id"],
                name="newsletter_delivery_waiting",
                condition=models.Q(state__in=("pending", "deferred")),
            ),
            models.Index(
                fields=["leased_until"],
                name="newsletter_delivery_held",
                condition=models.Q(state__in=("leased", "sending")),
            ),
            models.Index(
                fields=["provider_id"], name="newsletter_delivery_provider", condition=~models.Q(provider_id="")
            ),
        ]

    def __str__(self):
        return f"{self.pk} {self.get_state_display()}"


class Throttle(models.Model):
    """How fast all workers together may send; one row, see ``newsletter.sending.throttle``."""

    next_at = models.FloatField(default=0)
    """When the next mail may leave; seconds since 1970, UTC."""
    slowed = models.FloatField(default=1)
    """By what the time between two mails is multiplied because the mail server asked for less."""
    slowed_at = models.FloatField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.next_at}"
