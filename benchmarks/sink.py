"""``python -m benchmarks.sink PORT``: a mail server that takes everything and keeps nothing.

It has to be faster than what is measured, so it doesn't read mails line by line.
"""

import asyncio
import sys

GREETING, OK = b"220 sink\r\n", b"250 OK\r\n"
ANSWERS = {
    b"EHLO": b"250-sink\r\n250 PIPELINING\r\n",
    b"DATA": b"354 Go on\r\n",
    b"QUIT": b"221 Bye\r\n",
}
END = b"\r\n.\r\n"


class Conversation(asyncio.Protocol):
    """With one client, which may say all that comes before a mail at once."""

    def connection_made(self, transport):
        self.transport = transport
        self.received = bytearray()
        self.is_content = False
        transport.write(GREETING)

    def data_received(self, data):
        self.received += data
        if self.is_content:
            if self.received.endswith(END):
                self.is_content = False
                self._answer(OK)
        elif self.received.endswith(b"\r\n"):
            self._answer(b"".join(self._hear(bytes(line[:4]).upper()) for line in self.received.splitlines()))

    def _hear(self, verb: bytes) -> bytes:
        self.is_content = verb == b"DATA"
        return ANSWERS.get(verb, OK)

    def _answer(self, lines: bytes):
        self.received.clear()
        self.transport.write(lines)


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Conversation, "127.0.0.1", port, backlog=100)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
