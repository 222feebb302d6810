"""``python -m benchmarks MODULE …``: run the part of a benchmark that needs Django, in a process of its own.

The database and the rest come from the environment (see ``benchmarks.servers``).
"""

import os
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    import_module(f"benchmarks.{sys.argv[1]}").main(*sys.argv[2:])
