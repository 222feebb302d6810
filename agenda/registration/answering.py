"""What the desk refuses, as what the API answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.http import Http404

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
