"""Who gets which newsletter, and how we know that they want it: personal data, outside the page tree."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models import QueuedMail

HASH_LENGTH = 64


class Subscriber(models.Model):
    """One address; ``newsletter.subscribing.addresses`` says when two are the same, and makes the hash."""

    wagtail_reference_index_ignore = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mailadres"))
    """As it was given."""
    address_hash = models.CharField(max_length=HASH_LENGTH, unique=True)
    created_at = models.DateTimeField(_("sinds"), default=timezone.now)
    hard_bounces = models.PositiveSmallIntegerField(_("keer onbestelbaar"), default=0)
    """Mails that could not be delivered for good, since the address was confirmed."""

    class Meta:
        verbose_name = _("abonnee")
        verbose_name_plural = _("abonnees")
        default_permissions = ()
        ordering = ["email", "pk"]

    def __str__(self):
        return self.email


class SubscriptionQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state=Subscription.State.ACTIVE)


class Subscription(models.Model):
    """One address on one list; it stays when it ends, until the subscriber is erased."""

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        PENDING = "pending", _("Nog niet bevestigd")
        ACTIVE = "active", _("Ingeschreven")
        ENDED = "ended", _("Uitgeschreven")

    class Source(models.TextChoices):
        SITE = "site", _("De site")
        EVENT = "event", _("Aanmelding voor een bijeenkomst")
        IMPORT = "import", _("Import")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """In the link by which one leaves; it stays the same."""
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    newsletter = models.ForeignKey(
        "newsletter.NewsletterIndexPage",
        verbose_name=_("nieuwsbrief"),
        on_delete=models.CASCADE,
        related_name="subscriptions",
    )
    state = models.CharField(_("status"), max_length=7, choices=State, default=State.PENDING)
    source = models.CharField(_("via"), max_length=6, choices=Source)
    request_id = models.UUIDField(default=uuid.uuid4, editable=False)
    """Another one each time that somebody asks to subscribe: a link from before they left confirms nothing."""
    requested_at = models.DateTimeField(_("aangevraagd op"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("ingeschreven op"), null=True)
    ended_at = models.DateTimeField(_("uitgeschreven op"), null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("inschrijving")
        verbose_name_plural = _("inschrijvingen")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "newsletter"], name="newsletter_subscription_once"),
            models.CheckConstraint(
                condition=~models.Q(state="active") | models.Q(confirmed_at__isnull=False),
                name="newsletter_subscription_confirmed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["newsletter", "id"], name="newsletter_subscription_active", condition=models.Q(state="active")
            )
        ]

    def __str__(self):
        return str(self.public_id)

    def change(self, **values) -> None:
        """Set and save these fields alone."""
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=[*values])


class NeverChanged(models.QuerySet):
    """Rows are added, and that is all."""

    def update(self, **kwargs):
        raise TypeError("a consent event is never changed")

    def delete(self):
        raise TypeError("a consent event is never deleted")


class ConsentEvent(models.Model):
    """Something that somebody said about getting a newsletter, or that was said for them; never changed.

    It stays when the subscriber is erased, with the hash of the address alone: so one can show to whoever asks that
    there was a consent, and when it was withdrawn (GDPR, article 7.1).
    """

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        REQUESTED = "requested", _("Inschrijving gevraagd")
        CONFIRMED = "confirmed", _("Inschrijving bevestigd")
        IMPORTED = "imported", _("Toestemming overgenomen bij een import")
        WITHDRAWN = "withdrawn", _("Uitgeschreven")
        COMPLAINED = "complained", _("Gemeld als ongewenste mail")
        MOVED = "moved", _("Overgezet van een lijst die hierin opging, zonder het opnieuw te vragen")
        DISSOLVED = "dissolved", _("Lijst opgegaan in een andere, en daar niet op gezet")
        ERASED = "erased", _("Gegevens gewist")

    address_hash = models.CharField(max_length=HASH_LENGTH, db_index=True)
    newsletter = models.ForeignKey(
        "newsletter.NewsletterIndexPage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    newsletter_title = models.CharField(_("nieuwsbrief"), max_length=255, blank=True)
    kind = models.CharField(_("wat"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    wording = models.TextField(_("tekst"), blank=True)
    """What the person read and agreed to."""
    wording_version = models.CharField(_("versie van de tekst"), max_length=20, blank=True)
    source = models.CharField(_("via"), max_length=150, blank=True)
    """In words for editors: the site, an event, the name of a file."""
    client_address = models.GenericIPAddressField(_("IP-adres"), null=True)
    """Of the network of the visitor with IPv6; it goes when the subscriber is erased."""

    objects = NeverChanged.as_manager()

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_kind_display()

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("a consent event is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("a consent event is never deleted")


class Suppression(models.Model):
    """An address that gets no newsletter any more; only its hash is kept."""

    wagtail_reference_index_ignore = True

    class Reason(models.TextChoices):
        BOUNCES = "bounces", _("Mail komt niet aan")
        COMPLAINT = "complaint", _("Gemeld als ongewenste mail")
        ERASED = "erased", _("Gegevens gewist op eigen verzoek")
        BLOCKED = "blocked", _("Wil geen mail meer")

    LIFTED_BY_CONFIRMING = (Reason.BOUNCES, Reason.ERASED)
    """Whoever confirms a new subscription shows that mail comes in, and that they want it. The others also get no mail
    that asks for that; an editor can lift them."""

    address_hash = models.CharField(max_length=HASH_LENGTH, unique=True)
    reason = models.CharField(_("reden"), max_length=9, choices=Reason)
    created_at = models.DateTimeField(_("sinds"), default=timezone.now)

    class Meta:
        verbose_name = _("geblokkeerd adres")
        verbose_name_plural = _("geblokkeerde adressen")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return self.get_reason_display()


class SubscriberMail(QueuedMail):
    """One mail to a subscriber that isn't an issue; ``content`` has the ids of the newsletters that it is about."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("Inschrijving bevestigen")
        KNOWN = "known", _("Al ingeschreven")
        PREFERENCES = "preferences", _("Link naar voorkeuren")

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(_("soort"), max_length=11, choices=Kind)

    class Meta(QueuedMail.Meta):
        verbose_name = _("mail aan een abonnee")
        verbose_name_plural = _("mails aan abonnees")
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="newsletter_mail_waiting", condition=models.Q(state="waiting")
            )
        ]
