"""Who comes to an event, and the mails about it: personal data, outside the page tree and its revisions."""

import uuid

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models import QueuedMail


class RegistrationQuerySet(models.QuerySet):
    def active(self):
        """Those that stand: somebody has a place, is offered one, or waits for one."""
        return self.filter(state__in=Registration.ACTIVE)

    def holding(self):
        """Those that take a place; one that is offered to somebody is taken."""
        return self.filter(state__in=Registration.HOLDING)

    def waiting(self):
        """Those without a place, the first in line first."""
        return self.filter(state=Registration.State.WAITING).order_by("waiting_since", "pk")

    def of_address(self, email: str):
        return self.filter(email__iexact=email)


class Registration(models.Model):
    """One person at one event; all moments are aware.

    An address stands at most once for an event; upper and lower case are the same.
    """

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Aangemeld")
        WAITING = "waiting", _("Wachtlijst")
        OFFERED = "offered", _("Plaats aangeboden")
        CANCELLED = "cancelled", _("Afgemeld")
        EXPIRED = "expired", _("Aanbod verlopen")

    ACTIVE = (State.CONFIRMED, State.WAITING, State.OFFERED)
    HOLDING = (State.CONFIRMED, State.OFFERED)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey("agenda.EventPage", on_delete=models.CASCADE, related_name="registrations")
    session = models.ForeignKey(
        "agenda.EventSession",
        verbose_name=_("sessie"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    """Where they have a place, or wait for one; ``None`` at an event without sessions."""
    reserve = models.ForeignKey(
        "agenda.EventSession",
        verbose_name=_("reservekeuze"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("naam"), max_length=120)
    email = models.EmailField(_("e-mailadres"))
    organisation = models.CharField(_("school of bedrijf"), max_length=150, blank=True)
    audience = models.ForeignKey(
        "cms.Audience", verbose_name=_("doelgroep"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    wants_newsletter = models.BooleanField(_("wil de nieuwsbrief"), default=False)

    state = models.CharField(_("status"), max_length=9, choices=State)
    created_at = models.DateTimeField(_("aangemeld op"), default=timezone.now)
    waiting_since = models.DateTimeField(null=True)
    offer_expires_at = models.DateTimeField(_("aanbod geldt tot"), null=True)
    ended_at = models.DateTimeField(_("afgemeld op"), null=True)
    attended_at = models.DateTimeField(_("aanwezig"), null=True)
    idempotency_key = models.CharField(max_length=64, blank=True)
    """Stands for the form as it was filled in, when that has a name; the same again is the same registration."""

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        default_permissions = ()
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "event",
                Lower("email"),
                condition=models.Q(state__in=("confirmed", "waiting", "offered")),
                name="agenda_registration_once",
            ),
            models.UniqueConstraint(
                fields=["event", "idempotency_key"],
                condition=models.Q(state__in=("confirmed", "waiting", "offered")) & ~models.Q(idempotency_key=""),
                name="agenda_registration_key",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "waiting_since"], name="agenda_registration_line"),
            models.Index(
                fields=["offer_expires_at"], name="agenda_registration_offers", condition=models.Q(state="offered")
            ),
        ]

    def __str__(self):
        return str(self.public_id)

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE

    def change(self, **values) -> None:
        """Set and save these fields alone."""
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=[*values])


class Answer(models.Model):
    """What somebody answered to a question of the event; it goes sooner than the registration."""

    wagtail_reference_index_ignore = True

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey("agenda.EventQuestion", on_delete=models.CASCADE, related_name="+")
    text = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["registration", "question"], name="agenda_answer_once")]

    def __str__(self):
        return str(self.question_id)


class OutgoingMail(QueuedMail):
    """One mail to one person about their registration; each template says what ``content`` it needs."""

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", _("Bevestiging")
        WAITING = "waiting", _("Op de wachtlijst")
        OFFERED = "offered", _("Plaats aangeboden")
        PROMOTED = "promoted", _("Plaats aangenomen")
        CHANGED = "changed", _("Andere sessie")
        CANCELLED = "cancelled", _("Afgemeld")
        KNOWN = "known", _("Al aangemeld")
        CALLED_OFF = "called_off", _("Bijeenkomst gaat niet door")
        MOVED = "moved", _("Bijeenkomst verzet")
        REMINDER = "reminder", _("Herinnering")
        MESSAGE = "message", _("Bericht van de organisatie")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)

    class Meta(QueuedMail.Meta):
        verbose_name = _("mail over een aanmelding")
        verbose_name_plural = _("mails over aanmeldingen")
        indexes = [
            models.Index(fields=["next_attempt_at"], name="agenda_mail_waiting", condition=models.Q(state="waiting"))
        ]
