"""The pages API against stock Wagtail v2 on the same rows, and against a view that only hands out the same bytes.

``make bench`` measures 1,000 and 10,000 pages on SQLite and on PostgreSQL, in databases that are thrown away;
``make bench PAGES=100000`` another number. One web server answers all three, in turns. Trust the ratios within one
run: the times themselves drift with whatever else the machine does.
"""

import argparse
import json
import signal
import sys
from pathlib import Path

from . import servers, tables
from .cases import Case, NotThere, Question, cases, fetch
from .load import ask_for
from .results import Result, Round, Side

ROUNDS = 5
CLIENTS = 8
RENDERERS = 2
SECONDS = 0.5
"""How long all clients ask in a round; before that, one asks alone for a fifth of it."""
DATABASES = {"sqlite": servers.sqlite, "postgresql": servers.postgresql}


def main() -> None:
    arguments = read_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # leaves through all that cleans up
    for name in arguments.databases:
        with DATABASES[name]() as database, servers.surroundings(database) as environment:
            results = {}
            for pages in sorted(arguments.pages):
                title = f"{database.name}, {pages:,} pages"
                progress(f"{title}: building")
                places = build(environment, pages)
                progress(f"{title}: asking")
                bench = Bench(database, environment)
                results[pages] = bench.measure(cases(bench.base_url, places))
                tables.print_comparison(title, results[pages])
            if len(results) > 1:
                tables.print_growth(f"{database.name}, what ours takes as the number of pages grows", results)
            progress(f"{title}: writing")
            tables.print_writes(f"{title}, writing", json.loads(servers.run(environment, "writes")))


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.api", description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[1_000, 10_000], metavar="NUMBER")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=[*DATABASES])
    return parser.parse_args()


def build(environment: dict[str, str], pages: int) -> dict:
    """Let the site grow to so many pages; gives the places that requests go to."""
    places = json.loads(servers.run(environment, "rows", str(pages)))
    servers.run_parts(environment, RENDERERS, "rendering")
    servers.run(environment, "copies")
    servers.run(environment, "settling")
    return places


def progress(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


class Bench:
    """Asks the web server on one database, by so many clients at once."""

    def __init__(self, database: servers.Database, environment: dict[str, str], clients: int = CLIENTS):
        self.database = database
        self.environment = environment
        self.clients = clients
        self.base_url = environment["BASE_URL"]

    def measure(self, cases: list[Case]) -> list[Result]:
        with servers.web(self.environment) as self.web:
            results = [self._measure_case(case) for case in cases]
        sides = [side for result in results for side in result.sides.values()]
        asked = json.dumps([(side.question.path, side.question.headers) for side in sides])
        counts = json.loads(servers.run(self.environment, "queries", given=asked))
        for side, count in zip(sides, counts, strict=True):
            side.queries = count
        return results

    def _measure_case(self, case: Case) -> Result:
        try:
            sides = self._sides(case)
        except NotThere as missing:
            return Result(case.name, {}, str(missing))
        rounds: dict[str, list[Round]] = {name: [] for name in sides}
        for number in range(1 + ROUNDS):
            for name, side in sides.items():
                measured = self._measure_round(side.question)
                if number:  # the first is the warm-up
                    rounds[name].append(measured)
        for name, side in sides.items():
            side.take_medians(rounds[name])
        return Result(case.name, sides)

    def _sides(self, case: Case) -> dict[str, Side]:
        """Ours; stock, and for an answer with a body the floor: the bytes of ours, kept in a file for its view."""
        questions = {"ours": case.ours()}
        if case.stock:
            questions["stock"] = Question(case.stock)
        bodies = {name: fetch(self.base_url, question)[0] for name, question in questions.items()}
        if case.stock and bodies["ours"]:
            name = case.name.replace(" ", "-")
            Path(self.environment["FLOOR_ROOT"], name).write_bytes(bodies["ours"])
            questions["floor"] = Question(f"/floor/{name}/")
            bodies["floor"] = bodies["ours"]
        return {name: Side(question, len(bodies[name])) for name, question in questions.items()}

    def _measure_round(self, question: Question) -> Round:
        asked = (self.base_url + question.path, question.headers, question.status)
        alone = ask_for(SECONDS / 5, 1, *asked)
        web, database = self._cpu_seconds()
        load = ask_for(SECONDS, self.clients, *asked)
        web_after, database_after = self._cpu_seconds()
        return Round(
            cpu=1_000 * (web_after - web) / load.answers,
            database_cpu=1_000 * (database_after - database) / load.answers,
            latency=1_000 * alone.latency,
            rate=load.answers / load.seconds,
        )

    def _cpu_seconds(self) -> tuple[float, float]:
        pid = self.database.pid
        return servers.cpu_seconds(self.web), servers.cpu_seconds(pid) if pid else 0.0


if __name__ == "__main__":
    main()
