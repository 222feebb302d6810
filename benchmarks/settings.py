"""The settings of the project as in production, with the addresses that a benchmark compares with."""

import os
from importlib import import_module
from pathlib import Path

project = import_module("cms.settings")
globals().update({name: value for name, value in vars(project).items() if name.isupper()})

ROOT_URLCONF = "benchmarks.urls"
FLOOR_ROOT = Path(os.environ["FLOOR_ROOT"])
STATIC_ROOT = FLOOR_ROOT  # nobody collected static files; the folder only has to be there
STORAGES = project.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
