"""Packages on PyPI that send newsletters, each in an environment and a project of its own."""

import json
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass, field
from pathlib import Path

import environ

from benchmarks import servers

HERE = Path(__file__).parent
DRIVER = "psycopg2-binary"
"""Of PostgreSQL, for every Django that they need."""
SECONDS = 900
LAST_LINE = -1


class DoesNotRun(Exception):
    """It can't be installed or fails; holds the last that it said."""


@dataclass
class Package:
    name: str
    folder: str
    requirements: list[str] = field(default_factory=list)
    """What it needs besides what it asks for."""

    def install(self, environments: Path) -> None:
        """Raises ``DoesNotRun``."""
        venv.create(self._environment(environments), with_pip=True)
        pip = [self._python(environments), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        finish([*pip, self.name, DRIVER, *self.requirements])

    def send(
        self, environments: Path, database: servers.Database, issue: dict[str, str], number: int, port: int
    ) -> dict[str, float]:
        """As ``benchmarks.deliveries.measure``, with a database of its own like ``database``; raises ``DoesNotRun``."""
        project = self._environment(environments) / "project"
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree(HERE / self.folder, project)
        shutil.copy(HERE / "project.py", project)
        with servers.another(database) as url:
            own = {"NUMBER": str(number), "SINK_PORT": str(port), "PATH": os.environ["PATH"]}
            own |= {"DATABASE": json.dumps(environ.Env.db_url_config(url))}
            printed = finish([self._python(environments), "run.py"], cwd=project, env=own, given=json.dumps(issue))
        return json.loads(printed)

    def _environment(self, environments: Path) -> Path:
        return environments / self.folder

    def _python(self, environments: Path) -> str:
        return str(self._environment(environments) / "bin" / "python")


# The last nuntius for Python 3.11 imports what Django took away in 4.0. The migrations of django-newsletter need sorl.
ALL = [
    Package("wagtail-birdsong", "birdsong"),
    Package("django-newsletter", "django_newsletter", ["sorl-thumbnail"]),
    Package("nuntius", "nuntius", ["django<4"] if sys.version_info < (3, 12) else []),
]


def install_all(environments: Path) -> tuple[list[Package], dict[str, str]]:
    """Those that could be installed, and why others couldn't, by name."""
    installed, missing = [], {}
    for package in ALL:
        try:
            package.install(environments)
        except DoesNotRun as reason:
            missing[package.name] = str(reason)
        else:
            installed.append(package)
    return installed, missing


def finish(command: list[str], given: str | None = None, **options) -> str:
    """What a command prints; raises ``DoesNotRun``."""
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, text=True, check=True, timeout=SECONDS, **options
        )
    except subprocess.CalledProcessError as error:
        raise DoesNotRun(" ".join(error.stderr.strip().splitlines()[LAST_LINE:])) from error
    except subprocess.TimeoutExpired as error:
        raise DoesNotRun(f"it took more than {SECONDS} seconds") from error
    return done.stdout
