"""JSON as the API writes it."""

import json
from typing import Any

from rest_framework.utils.encoders import JSONEncoder


def as_json(data: Any) -> str:
    """Without spaces, characters beyond ASCII as they are; moments, decimals and lazy texts are understood."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), cls=JSONEncoder)
