"""``python -m benchmarks.sink PORT``: a mail server that takes everything and keeps nothing.

It has to be faster than what is measured, so it doesn't read mails line by line.
"""

import asyncio
import sys

GREETING, OK, GO_ON, BYE = b"220 sink\r\n", b"250 OK\r\n", b"354 Go on\r\n", b"221 Bye\r\n"
END = b"\r\n.\r\n"


class Conversation(asyncio.Protocol):
    """With a client that waits for each answer before it goes on."""

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
            verb = self.received[:4].upper()
            self.is_content = verb == b"DATA"
            self._answer(GO_ON if self.is_content else BYE if verb == b"QUIT" else OK)

    def _answer(self, line: bytes):
        self.received.clear()
        self.transport.write(line)


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Conversation, "127.0.0.1", port, backlog=100)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
