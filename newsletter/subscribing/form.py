"""What somebody fills in about subscriptions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.api.errors import errors_of, invalid
from cms.api.robots import PROOF, TRAP
from cms.form_fields import AddressField
from newsletter.models import NewsletterIndexPage

from .wording import wording_of_form


class EmailForm(forms.Form):
    email = AddressField(
        label=gettext_lazy("E-mailadres"),
        max_length=254,
        error_messages={"required": gettext_lazy("Vul een e-mailadres in.")},
    )


def read_email(body: dict[str, Any]) -> str:
    """Raises ``Refused``."""
    return check_email(body, find_unknown(body, {"email"}))


def read_request(body: dict[str, Any], newsletters: list[NewsletterIndexPage]) -> tuple[str, list[NewsletterIndexPage]]:
    """The address, and which of ``newsletters`` somebody wants there; raises ``Refused``."""
    errors = find_unknown(body, {"email", "newsletters", "wording_version", TRAP, PROOF})
    for name in (TRAP, PROOF):
        if not isinstance(body.get(name, ""), str):
            errors[name] = [_("Hier hoort tekst.")]
    if body.get("wording_version") != wording_of_form().version:
        errors["wording_version"] = [_("De tekst bij de knop is intussen veranderd. Lees hem nog een keer.")]
    chosen, wrong = choose(body, newsletters)
    if wrong or not chosen:
        errors["newsletters"] = [wrong or _("Kies een nieuwsbrief.")]
    return check_email(body, errors), chosen


def read_choice(body: dict[str, Any], newsletters: list[NewsletterIndexPage]) -> list[NewsletterIndexPage]:
    """Which of ``newsletters`` somebody wants, which may be none; raises ``Refused``."""
    errors = find_unknown(body, {"newsletters"})
    chosen, wrong = choose(body, newsletters)
    if wrong:
        errors["newsletters"] = [wrong]
    if errors:
        raise invalid(errors)
    return chosen


def choose(body: dict[str, Any], newsletters: list[NewsletterIndexPage]) -> tuple[list[NewsletterIndexPage], str]:
    """Those whose ids ``body`` has; and what is wrong with it, empty when nothing is."""
    ids = body.get("newsletters")
    if not isinstance(ids, list) or not all(type(pk) is int for pk in ids):
        return [], _("Hier hoort een lijst van nummers.")
    if not set(ids) <= {newsletter.pk for newsletter in newsletters}:
        return [], _("Een van deze nieuwsbrieven is er niet meer.")
    return [newsletter for newsletter in newsletters if newsletter.pk in ids], ""


def find_unknown(body: dict[str, Any], known: set[str]) -> dict[str, list[str]]:
    return {name: [_("Dit veld hoort niet bij dit formulier.")] for name in body.keys() - known}


def check_email(body: dict[str, Any], errors: dict[str, list[str]]) -> str:
    """The address; raises ``Refused`` when something is wrong with it, or with anything else."""
    email = body.get("email", "")
    form = EmailForm({"email": email})
    if not isinstance(email, str):
        errors["email"] = [_("Hier hoort tekst.")]
    elif not form.is_valid():
        errors |= errors_of(form)
    if errors:
        raise invalid(errors)
    return form.cleaned_data["email"]
