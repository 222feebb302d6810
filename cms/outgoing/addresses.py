"""Which addresses may be called: nothing inside our own network, whatever name or notation it goes by.

The host is looked up once; who calls it connects to the address that was checked here, so that another answer of the
name server a moment later changes nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

LONGEST = 500
SECONDS_IN_FORM = 2
DEFAULT_PORTS = {"https": 443, "http": 80}
LOWEST_FREE_PORT = 1024
"""Below it are the ports of mail, databases and the like, and 443."""
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# Not for the public, or leading somewhere else; older Pythons call some of them global.
REFUSED = [
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # IETF protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "2001::/23",  # Teredo and other protocol assignments
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",  # documentation
    )
]

Lookup = Callable[..., list]
"""What ``socket.getaddrinfo`` is."""


class AddressRefused(Exception):
    """This address may not be called; the text says why, in Dutch."""


class HostNotFound(Exception):
    """The name server doesn't know the host, or doesn't answer in time."""


class Target(NamedTuple):
    scheme: str
    host: str
    port: int
    path: str
    """With the query, as it goes in the first line of the request."""


def parse(url: str) -> Target:
    """Take ``url`` apart without looking anything up. Raises ``AddressRefused``."""
    if len(url) > LONGEST:
        raise AddressRefused(_("Het adres is te lang: hoogstens %d tekens.") % LONGEST)
    if not re.fullmatch(r"[!-~]+", url) or "\\" in url:
        raise AddressRefused(_("Het adres bevat een spatie, een accent of een ander teken dat daar niet kan."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(_("Dit is geen geldig adres.")) from error
    if parts.scheme not in _schemes():
        raise AddressRefused(_("Het adres moet beginnen met https://."))
    if "@" in parts.netloc:
        raise AddressRefused(_("Zet geen gebruikersnaam of wachtwoord in het adres."))
    if parts.fragment:
        raise AddressRefused(_("Laat het deel vanaf het hekje (#) weg."))
    host = (parts.hostname or "").rstrip(".")
    _check_host(host)
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    if port != DEFAULT_PORTS[parts.scheme] and port < LOWEST_FREE_PORT:
        raise AddressRefused(_("Deze poort kan niet. Gebruik 443, of een poort vanaf %d.") % LOWEST_FREE_PORT)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path)


def check(url: str, timeout: float = SECONDS_IN_FORM, lookup: Lookup = socket.getaddrinfo) -> None:
    """Raises ``AddressRefused`` for what can be known of ``url`` by now; a host that isn't found may be there later."""
    with suppress(HostNotFound):
        resolve(parse(url), timeout, lookup)


def _schemes() -> set[str]:
    return {"https", "http"} if settings.WEBHOOK_ALLOW_LOOPBACK else {"https"}


def _check_host(host: str) -> None:
    """Refuses what is neither a name nor an address as everybody writes it (2130706433, 0x7f.1 and 0177.0.0.1)."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.split(".")
        sound = all(re.fullmatch(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", label) for label in labels)
        if not sound or len(host) > 253 or re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):
            raise AddressRefused(_("De naam van de server in dit adres klopt niet.")) from None


def resolve(target: Target, timeout: float, lookup: Lookup = socket.getaddrinfo) -> list[str]:
    """The IP addresses of the host, all of them checked.

    Takes at most ``timeout`` seconds. Raises ``HostNotFound``; ``AddressRefused`` when any of them may not be called.
    """
    addresses = list(dict.fromkeys(_look_up(target, timeout, lookup)))
    for address in addresses:
        if not may_be_called(address, target.scheme):
            # Not which address it is: that would tell what our own name servers know.
            raise AddressRefused(_("‘%s’ is geen openbaar adres op internet.") % target.host)
    return addresses


def may_be_called(address: str, scheme: str = "https") -> bool:
    """Whether anybody on the internet can be at the IP ``address``."""
    ip = ipaddress.ip_address(address)
    if settings.WEBHOOK_ALLOW_LOOPBACK and ip.is_loopback:
        return True
    if scheme != "https" or not ip.is_global or ip.is_multicast or ip.is_reserved:
        return False
    # Outside of it are IPv4 addresses in disguise (mapped, NAT64) and what is only local.
    if ip.version == 6 and ip not in GLOBAL_UNICAST:
        return False
    return not any(ip in network for network in REFUSED if network.version == ip.version)


def _look_up(target: Target, timeout: float, lookup: Lookup) -> list[str]:
    """Asks in a thread: the time that a name server takes can't be limited in another way."""
    answers: SimpleQueue = SimpleQueue()

    def ask():
        try:
            answers.put(lookup(target.host, target.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            answers.put([])

    Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=timeout)
    except Empty as error:
        raise HostNotFound(_("‘%s’ is niet op tijd gevonden.") % target.host) from error
    if not found:
        raise HostNotFound(_("‘%s’ is niet gevonden.") % target.host)
    return [address[0] for *_rest, address in found]
