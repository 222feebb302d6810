"""What the desk refuses, as what the API answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import Http404
from django.utils.translation import gettext as _

from agenda.models import EventPage, Registration
from cms.api.errors import Refused
from cms.api.writing import BUSY_SECONDS

from . import refusals


@contextmanager
def answered() -> Iterator[None]:
    """Turn what is raised within by ``desk`` into ``Refused`` or ``Http404``."""
    try:
        yield
    except (EventPage.DoesNotExist, Registration.DoesNotExist) as error:
        raise Http404 from error
    except refusals.Busy as refusal:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        raise Refused(status, str(refusal), code=refusal.code, retry_after=BUSY_SECONDS) from refusal
    except refusals.RegistrationRefused as refusal:
        raise Refused(HTTPStatus.CONFLICT, str(refusal), code=refusal.code) from refusal


def invalid(errors: dict[str, list[str]]) -> Refused:
    """``errors`` are sentences by the name of the field."""
    sentence = _("Er klopt iets niet aan wat u hebt ingevuld.")
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, sentence, code="invalid", errors=errors)


def errors_of(form: Form) -> dict[str, list[str]]:
    """By the name of the field; those of the whole form by an empty name."""
    return {"" if name == NON_FIELD_ERRORS else name: list(found) for name, found in form.errors.items()}
