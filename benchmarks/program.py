"""A program that sends, beside others or alone: a process of its own, as each ``send_newsletters`` is."""

import json
import resource
import subprocess
import sys
import time
from threading import Event

from newsletter.models import Delivery
from newsletter.sending.senders import start

LOOK = 0.02
"""Seconds between two looks at whether all is sent."""


class Program:
    """Started, and waiting for a sign to send the run by so many connections."""

    def __init__(self, run_id: int, connections: int):
        command = [sys.executable, "-m", "benchmarks", "program", str(run_id), str(connections)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._process.stdout.readline()

    def begin(self) -> None:
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def finish(self) -> dict[str, float]:
        """When all mails of the run are sent: seconds of CPU, and the most memory there was, in MB."""
        spent = json.loads(self._process.stdout.readline())
        self._process.communicate()
        return spent


def main(run_id: str, connections: str) -> None:
    stop = Event()
    print("ready", flush=True)
    sys.stdin.readline()
    cpu_before = time.process_time()
    senders = start(int(connections), stop)
    while Delivery.objects.filter(run=run_id, state__in=Delivery.OPEN).exists():
        time.sleep(LOOK)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": time.process_time() - cpu_before, "memory": memory}), flush=True)
    stop.set()
    for sender in senders:
        sender.join()
