"""What was measured."""

import statistics
from dataclasses import astuple, dataclass

from .cases import Question


@dataclass
class Round:
    """Milliseconds a request, of CPU and of waiting (one client alone), and requests a second (all clients)."""

    cpu: float
    database_cpu: float
    latency: float
    rate: float


@dataclass
class Side:
    """Ours, stock or the floor: what was asked, the bytes of the answer, and the medians of all rounds."""

    question: Question
    size: int
    median: Round | None = None
    queries: int = 0

    def take_medians(self, rounds: list[Round]) -> None:
        self.median = Round(*map(statistics.median, zip(*map(astuple, rounds), strict=True)))


@dataclass
class Result:
    """A case; ``sides`` is empty when it can't be measured yet, and ``missing`` says why."""

    name: str
    sides: dict[str, Side]
    missing: str = ""
