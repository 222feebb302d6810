"""Examples of pages: documents from the demo, kept in ``examples/`` of the app of each type.

``manage.py write_examples`` renews them.
"""

import json
from pathlib import Path
from typing import Any

from cms.models import BasePage

from .pages import page_types


def example_file(model: type[BasePage]) -> Path:
    return Path(model._meta.app_config.path) / "examples" / f"{model.__name__}.json"


def read_examples() -> dict[str, Any]:
    """The examples that there are, by the name of the schema that they fit."""
    files = {model.__name__: example_file(model) for model in page_types()}
    return {
        name: {"summary": f"A {name} of the demo.", "value": json.loads(file.read_text())}
        for name, file in files.items()
        if file.exists()
    }
