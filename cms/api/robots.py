"""Telling programs that fill in forms from people: a field that people don't see, and proof of work.

The proof is for front ends with scripts: a browser computes for a second or so, a program that fills an event for hours
(ALTCHA, https://altcha.org/docs/v2/). Nothing is asked of another server.
"""

import base64
import datetime
import json
from typing import Any

import altcha
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cms.models import Tally

from .errors import Refused, invalid

TRAP = "website"
"""Programs that fill in whatever there is give themselves away by it."""
PROOF = "proof"
ALGORITHM = "PBKDF2/SHA-256"
COST = 5_000
"""Rounds for each try; one in 256 tries is right."""
VALID = datetime.timedelta(hours=1)
"""As long as somebody may take to fill in the form."""


def make_challenge() -> dict[str, Any] | None:
    """What a browser has to solve before it sends the form; ``None`` when that isn't asked."""
    if not settings.PROOF_OF_WORK:
        return None
    return altcha.create_challenge(ALGORITHM, COST, expires_at=timezone.now() + VALID, hmac_secret=_secret()).to_dict()


def spend(proof: str, form: str) -> None:
    """Accept ``proof`` (base64 of JSON) for ``form`` (empty when that has no name) and for nothing else.

    The same form may be sent again, with the same proof. Raises ``Refused``.
    """
    if not altcha.verify_solution(proof, _secret()).verified:
        raise _not_proven()
    parameters = json.loads(base64.b64decode(proof))["challenge"]["parameters"]
    until = datetime.datetime.fromtimestamp(parameters["expiresAt"], datetime.UTC)
    spent = Tally.objects.add(_key(parameters["nonce"]), until)
    spent_on_form = Tally.objects.add(_key(f"{parameters['nonce']} {form}"), until) if form else 1
    if spent != spent_on_form:
        raise _not_proven()


def _not_proven() -> Refused:
    return invalid({PROOF: [_("De controle op automatisch invullen is mislukt. Probeer het nog een keer.")]})


def _secret() -> str:
    return salted_hmac("cms.api.robots", "secret", algorithm="sha256").hexdigest()


def _key(subject: str) -> str:
    return salted_hmac("cms.api.robots.spent", subject, algorithm="sha256").hexdigest()
