"""Webhooks as they go out: one signed POST."""

import base64
import hashlib
import hmac
import socket
import ssl
import time
from typing import NamedTuple

from django.utils.translation import gettext as _

from cms.outgoing.addresses import Lookup
from cms.outgoing.asking import SECONDS, Answer, Request, ask

USER_AGENT = "SterkTechniekonderwijs-Webhooks/1.0"


class Message(NamedTuple):
    id: str
    body: str


def sign(message: Message, timestamp: int, key: bytes) -> str:
    """The header ``webhook-signature`` of Standard Webhooks, of the symmetric kind ``v1``."""
    signed = f"{message.id}.{timestamp}.{message.body}".encode()
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def send(
    url: str,
    key: bytes,
    message: Message,
    seconds: float = SECONDS,
    tls: ssl.SSLContext | None = None,
    lookup: Lookup = socket.getaddrinfo,
) -> Answer:
    """Send ``message`` and tell what came back; see ``cms.outgoing.asking.ask``."""
    timestamp = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "webhook-id": message.id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(message, timestamp, key),
    }
    answer = ask(url, Request("POST", headers, message.body), seconds, tls, lookup)
    if answer.status is not None and 300 <= answer.status < 400:
        return answer._replace(error=_("De ontvanger verwijst door naar een ander adres; dat volgen we niet."))
    return answer
