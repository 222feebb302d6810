"""Points and curves. Angles are in degrees, clockwise from the right, as y grows downwards."""

from collections.abc import Iterable
from math import cos, radians, sin

Point = tuple[float, float]

# Straight pieces of a curve; with so many it looks round.
_CURVE_STEPS = 32


def _shares(t: float) -> tuple[float, float, float, float]:
    """How much each of the four points of a cubic curve counts at t, from 0 at its start to 1 at its end."""
    return (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3


_CURVE = tuple(_shares(step / _CURVE_STEPS) for step in range(_CURVE_STEPS + 1))


def polar(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * cos(radians(angle)), centre[1] + radius * sin(radians(angle))


def turned(points: Iterable[Point], centre: Point, angle: float) -> list[Point]:
    """The points after a turn about the centre."""
    cosine, sine = cos(radians(angle)), sin(radians(angle))
    offsets = [(x - centre[0], y - centre[1]) for x, y in points]
    return [(centre[0] + x * cosine - y * sine, centre[1] + x * sine + y * cosine) for x, y in offsets]


def moved(points: Iterable[Point], right: float, down: float) -> list[Point]:
    return [(x + right, y + down) for x, y in points]


def bezier(start: Point, pull: Point, counter: Point, end: Point) -> list[Point]:
    """A cubic curve from start to end, drawn towards the two points between."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = start, pull, counter, end
    return [(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3) for a, b, c, d in _CURVE]


def between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
