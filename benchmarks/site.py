"""The front page of the site, from its memory, against a bare Node server with the same bytes and headers.

``python -m benchmarks.site`` builds 1,000 pages in SQLite, starts the CMS and the built site, and prints the ratio.
"""

import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from cms.start_site import FOLDER, prepare

from . import servers
from .api import build
from .load import ask_for

PAGES = 1_000
ROUNDS = 7
CLIENTS = 8
SECONDS = 1.0
ACCEPT = {"Accept-Encoding": "br"}
BARE = """
const { readFileSync } = require("node:fs");
const [, file, port, headers] = process.argv;
const body = readFileSync(file);
require("node:http")
  .createServer((request, response) => response.writeHead(200, JSON.parse(headers)).end(body))
  .listen(Number(port), "127.0.0.1");
"""
PER_CONNECTION = {"date", "connection", "keep-alive", "transfer-encoding"}


def main() -> None:
    prepare()
    with servers.sqlite() as database, servers.surroundings(database) as environment:
        build(environment, PAGES)
        site, bare = (int(environment["PORT"]) + step for step in (1, 2))
        with servers.web(environment), node(["server"], site, to_site(environment, site)) as ours:
            headers, body = fetch(site)
            with tempfile.NamedTemporaryFile() as file:
                Path(file.name).write_bytes(body)
                arguments = ["--eval", BARE, file.name, str(bare), json.dumps(headers)]
                with node(arguments, bare, environment) as floor:
                    report({"site": (ours, site), "bare": (floor, bare)}, len(body))


def to_site(environment: dict[str, str], port: int) -> dict[str, str]:
    own = {"PORT": str(port), "ORIGIN": f"http://127.0.0.1:{port}", "API_URL": f"{environment['BASE_URL']}/api/v2"}
    return environment | own


@contextmanager
def node(arguments: list[str], port: int, environment: dict[str, str]) -> Iterator[int]:
    """A Node process that listens on ``port``; gives its id."""
    with subprocess.Popen(["node", *arguments], cwd=FOLDER, env={**os.environ, **environment}) as process:
        try:
            deadline = time.monotonic() + servers.SECONDS_TO_START
            while time.monotonic() < deadline and process.poll() is None:
                with suppress(OSError):
                    fetch(port)
                    break
                time.sleep(0.1)
            yield process.pid
        finally:
            process.terminate()


def fetch(port: int) -> tuple[dict[str, str], bytes]:
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", "/", headers=ACCEPT)
        response = connection.getresponse()
        kept = {name: value for name, value in response.getheaders() if name.lower() not in PER_CONNECTION}
        return kept, response.read()


def report(processes: dict[str, tuple[int, int]], size: int) -> None:
    """Print the medians of CPU and rate for each of the servers, given as ``(process, port)``."""
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in processes}
    for number in range(1 + ROUNDS):
        for name, (pid, port) in processes.items():
            before = servers.cpu_seconds(pid)
            load = ask_for(SECONDS, CLIENTS, f"http://127.0.0.1:{port}/", ACCEPT, 200)
            if number:  # the first is the warm-up
                cpu = 1_000 * (servers.cpu_seconds(pid) - before) / load.answers
                rounds[name].append((cpu, load.answers / load.seconds))
    print(f"front page, {size:,} bytes of brotli, {CLIENTS} clients, medians of {ROUNDS} interleaved rounds")
    medians = {name: [statistics.median(each) for each in zip(*found, strict=True)] for name, found in rounds.items()}
    for name, (cpu, rate) in medians.items():
        print(f"{name:6} {cpu:8.3f} ms of CPU a request {rate:8.0f} requests/s")
    (ours, _), (floor, _) = medians["site"], medians["bare"]
    print(f"CPU of the site against a bare server: {ours / floor:.2f}×")


if __name__ == "__main__":
    main()
