"""What regions put forward for the national site."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NominationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Nomination.State.OPEN)

    def accepted(self):
        return self.filter(state=Nomination.State.ACCEPTED)

    def standing(self):
        """Those that still count: a page has one at most."""
        return self.filter(state__in=Nomination.STANDING)


class Nomination(models.Model):
    """A page that its region would like to see on the national site, and what became of that.

    ``home.nomination`` changes it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("wacht op antwoord")
        ACCEPTED = "accepted", _("op de landelijke keuzelijst")
        DECLINED = "declined", _("niet gekozen")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    STANDING = (State.OPEN, State.ACCEPTED)

    page = models.ForeignKey(
        "cms.BasePage", verbose_name=_("pagina"), on_delete=models.CASCADE, related_name="nominations"
    )
    note = models.TextField(
        _("toelichting"),
        max_length=500,
        blank=True,
        help_text=_("Waarom is dit ook buiten de regio interessant? Een of twee zinnen is genoeg."),
    )
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.OPEN)
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("voorgedragen door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    nominated_at = models.DateTimeField(_("voorgedragen op"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("beslist door"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("beslist op"), null=True)
    answer = models.TextField(
        _("antwoord"),
        max_length=500,
        blank=True,
        help_text=_("Wie voordroeg krijgt dit per mail. Zeg wat er nodig is om een volgende keer wel mee te doen."),
    )

    # Who looks where a page is used wants to know of other pages.
    wagtail_reference_index_ignore = True

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("voordracht")
        verbose_name_plural = _("voordrachten")
        ordering = ["-nominated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=models.Q(state__in=["open", "accepted"]),
                name="home_nomination_one_standing_for_each_page",
            )
        ]

    @property
    def is_standing(self) -> bool:
        return self.state in self.STANDING

    def __str__(self):
        return f"{self.page} ({self.get_state_display()})"
