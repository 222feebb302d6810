"""What the projects have in common by which the packages are measured; it stands beside each ``run.py``.

It is run by the Python of the package's own environment, in a folder of its own, with what Django is there.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable

import django
from django.conf import settings
from django.core.management import call_command

ISSUE: dict[str, str] = json.load(sys.stdin)
"""With ``subject``, ``html`` and ``text``."""
NUMBER = int(os.environ["NUMBER"])
SENDER = "nieuwsbrief@example.org"


def start(apps: list[str], **own) -> None:
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", *apps],
        DATABASES={"default": json.loads(os.environ["DATABASE"])},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": ["templates"], "APP_DIRS": True}
        ],
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=int(os.environ["SINK_PORT"]),
        DEFAULT_FROM_EMAIL=SENDER,
        SECRET_KEY="x" * 50,
        STATIC_URL="/static/",
        MEDIA_URL="/media/",
        USE_TZ=True,
        **own,
    )
    django.setup()
    call_command("migrate", verbosity=0, run_syncdb=True)


def addresses() -> list[str]:
    return [f"lezer{place}@example.org" for place in range(NUMBER)]


def measure(action: Callable[[], None]) -> None:
    """Print what ``benchmarks.deliveries.measure`` gives; CPU is that of all processes of the package."""
    began, cpu_before = time.perf_counter(), cpu_seconds()
    action()
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": cpu_seconds() - cpu_before, "mails": NUMBER, "memory": memory}))


def cpu_seconds() -> float:
    return sum(os.times()[:4])
