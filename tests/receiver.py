"""A server on this machine, well-behaved or not."""

import base64
import hashlib
import hmac
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import NamedTuple


class Received(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes


def answer(status, body=b"", headers=()):
    """Answers with ``status``."""

    def behave(handler):
        handler.send_response(status)
        for name, value in headers:
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def hang(handler):
    """Takes the message and says nothing."""
    handler.server.closing.wait(60)


def drip_headers(handler):
    """Sends a header that never ends, a byte at a time: always in time for the limit of a socket."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.server.closing.wait(0.05):
        handler.wfile.write(b"x")


def drip_body(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while not handler.server.closing.wait(0.05):
        handler.wfile.write(b"x")


def chunk(size):
    """Says that a chunk of ``size`` follows (hexadecimal, whatever it is), and sends more than that."""

    def behave(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + size.encode() + b"\r\n")
        handler.wfile.write(b"x" * 100_000)

    return behave


def hang_up(handler):
    handler.connection.close()


def talk_nonsense(handler):
    handler.wfile.write(b"\0\xff nonsense \0\r\n\r\n")


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.received.append(Received(self.path, dict(self.headers.items()), body))
        behaviours = self.server.behaviours
        behave = behaviours.pop(0) if len(behaviours) > 1 else behaviours[0]
        with suppress(OSError):  # the sender has had enough
            behave(self)
        self.close_connection = True

    def do_GET(self):
        self.do_POST()

    def do_HEAD(self):
        self.do_POST()

    def log_message(self, *args):
        pass


class Receiver(ThreadingHTTPServer):
    """Behaves towards each message as the next of ``behaviours`` says; the last one stays."""

    daemon_threads = True

    def __init__(self, *behaviours, tls=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviours = list(behaviours)
        self.received: list[Received] = []
        self.closing = Event()
        self.scheme = "http"
        if tls:
            self.scheme = "https"
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.server_port}/haak?van=cms"

    def __enter__(self):
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.closing.set()
        self.shutdown()
        self.server_close()


def is_signed(received, secret):
    """As a receiver checks it, written from the specification of Standard Webhooks."""
    headers = {name.lower(): value for name, value in received.headers.items()}
    signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), received.body])
    key = base64.b64decode(secret.split("_", 1)[1])
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in headers["webhook-signature"].split(" ")
