"""One request to a server that we don't trust: it may be slow, endless, elsewhere or a trap."""

import functools
import http.client
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from threading import Timer
from typing import NamedTuple

from django.utils.translation import gettext as _

from .addresses import DEFAULT_PORTS, AddressRefused, HostNotFound, Lookup, Target, parse, resolve

SECONDS = 5
"""For all of it together: looking up the host, connecting, sending, and reading the answer."""
LONGEST_ANSWER = 4096


class Request(NamedTuple):
    method: str
    headers: Mapping[str, str]
    body: str = ""


class Answer(NamedTuple):
    status: int | None
    """HTTP status; ``None`` when there was no whole answer."""
    text: str = ""
    """The first 4 kB of the answer; empty when it came in chunks."""
    error: str = ""
    """In Dutch, why there was none."""

    @property
    def is_accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Deadline:
    """A moment by which everything has to be done."""

    def __init__(self, seconds: float):
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds; raises ``TimeoutError`` when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def ask(
    url: str,
    request: Request,
    seconds: float = SECONDS,
    tls: ssl.SSLContext | None = None,
    lookup: Lookup = socket.getaddrinfo,
) -> Answer:
    """Send ``request`` and tell what came back; whatever the server does, this takes no longer than ``seconds``.

    Redirects aren't followed, and no proxy of the environment is used. ``tls`` is what certificates are checked by,
    the authorities of the system when left out.
    """
    deadline = Deadline(seconds)
    try:
        target = parse(url)
        addresses = resolve(target, deadline.left(), lookup)
        with closing(_connect(target, addresses, deadline, tls or _system_authorities())) as connection:
            return _exchange(connection, target, request, deadline)
    except (AddressRefused, HostNotFound) as refusal:
        return Answer(None, error=str(refusal))
    except (OSError, ValueError, http.client.HTTPException) as error:
        return Answer(None, error=_explain(error, seconds, deadline))


@functools.cache
def _system_authorities() -> ssl.SSLContext:
    """Kept, because reading the certificates takes longer than sending a message."""
    return ssl.create_default_context()


def _connect(target: Target, addresses: list[str], deadline: Deadline, tls: ssl.SSLContext) -> socket.socket:
    """A connection with the first of ``addresses`` that answers, for the name of the host when it comes to TLS."""
    for tried, address in enumerate(addresses, start=1):
        timeout = deadline.left() / (len(addresses) - tried + 1)
        try:
            connection = socket.create_connection((address, target.port), timeout)
            break
        except OSError:
            if tried == len(addresses):
                raise
    if target.scheme == "http":
        return connection
    try:
        connection.settimeout(deadline.left())  # holds for the whole of the handshake
        return tls.wrap_socket(connection, server_hostname=target.host)
    except OSError:
        connection.close()
        raise


def _exchange(connection: socket.socket, target: Target, request: Request, deadline: Deadline) -> Answer:
    client = http.client.HTTPConnection(target.host, target.port)
    client.default_port = DEFAULT_PORTS[target.scheme]  # it decides whether the Host header names the port
    client.sock = connection
    with _cut_off(connection, deadline):
        headers = {**request.headers, "Connection": "close"}
        client.request(request.method, target.path, request.body.encode() or None, headers)
        response = client.getresponse()
        # Reading chunks would believe the sizes that the server names, which may be negative or without end.
        content = b"" if response.chunked else response.read(LONGEST_ANSWER)
        text = _storable(content.decode(errors="replace"))
        deadline.left()  # what was cut off is no whole answer
    return Answer(response.status, text)


@contextmanager
def _cut_off(connection: socket.socket, deadline: Deadline) -> Iterator[None]:
    """Ends ``connection`` at the deadline: the time limit of a socket begins again with every byte that comes in."""

    def end():
        with suppress(OSError):  # closed in the same moment
            socket.socket.shutdown(connection, socket.SHUT_RDWR)

    timer = Timer(deadline.left(), end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _explain(error: Exception, seconds: float, deadline: Deadline) -> str:
    if isinstance(error, TimeoutError) or time.monotonic() >= deadline.end:
        return _("Geen volledig antwoord binnen %d seconden.") % seconds
    if isinstance(error, ssl.SSLCertVerificationError):
        return _("Het certificaat van de ontvanger klopt niet: %s") % error.verify_message
    if isinstance(error, ConnectionRefusedError):
        return _("De ontvanger neemt niet op.")
    return _("Geen goed antwoord: %s") % (_storable(str(error)) or type(error).__name__)


def _storable(text: str) -> str:
    """PostgreSQL has no place for the character NUL."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
