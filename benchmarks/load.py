"""A small client that asks for one thing over and over, on connections that stay open."""

import asyncio
import itertools
import re
import statistics
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
NUMBER = "NUMBER"
"""Stands in an address for another number in each request."""
numbers = itertools.count(time.time_ns())
HEAD_END = b"\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"


@dataclass
class Load:
    """What came of asking for a while: how many answers, in how many seconds, in which time each (the median)."""

    answers: int
    seconds: float
    latency: float


class UnexpectedAnswer(Exception):
    """Another status than the one expected; holds the first line of the answer."""


class Connection(asyncio.Protocol):
    def __init__(self, request: bytes, status: int, until: float):
        self.request = request
        self.expected = b"HTTP/1.1 %d" % status
        self.until = until
        self.answer = bytearray()
        self.times: list[float] = []
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        self._ask()

    def data_received(self, data):
        self.answer += data
        if not self._is_complete():
            return
        now = time.perf_counter()
        self.times.append(now - self.asked_at)
        if not self.answer.startswith(self.expected):
            self.closed.set_exception(UnexpectedAnswer(self.answer.split(b"\r\n")[0].decode()))
        elif now < self.until:
            self._ask()
            return
        self.transport.close()

    def connection_lost(self, error):
        if not self.closed.done():
            self.closed.set_result(None)

    def _ask(self):
        self.answer.clear()
        self.asked_at = time.perf_counter()
        self.transport.write(self.request.replace(NUMBER.encode(), b"%d" % next(numbers)))

    def _is_complete(self) -> bool:
        head_end = self.answer.find(HEAD_END)
        if head_end < 0:
            return False
        head = self.answer[: head_end + 2]
        length = LENGTH.search(head)
        if length:
            return len(self.answer) == head_end + len(HEAD_END) + int(length[1])
        return self.expected.endswith(b"304") or self.answer.endswith(LAST_CHUNK)


def ask_for(seconds: float, connections: int, url: str, headers: dict[str, str], status: int) -> Load:
    """Ask for ``url`` on so many ``connections`` at once; raises ``UnexpectedAnswer``."""
    return asyncio.run(_ask_for(seconds, connections, url, headers, status))


async def _ask_for(seconds, connections, url, headers, status) -> Load:
    address = urlsplit(url)
    lines = [f"GET {address.path}?{address.query} HTTP/1.1", f"Host: {address.netloc}", "Accept: application/json"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    request = "\r\n".join([*lines, "", ""]).encode()
    start = time.perf_counter()
    asking = []
    for _ in range(connections):
        _, connection = await asyncio.get_running_loop().create_connection(
            lambda: Connection(request, status, start + seconds), address.hostname, address.port
        )
        asking.append(connection)
    await asyncio.gather(*(connection.closed for connection in asking))
    times = [each for connection in asking for each in connection.times]
    return Load(len(times), time.perf_counter() - start, statistics.median(times))
