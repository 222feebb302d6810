"""Motifs of things tied together: places on a map and balls of wool."""

from math import radians, sin
from random import Random

from .canvas import HEIGHT, WIDTH, Canvas
from .geometry import Point, bezier, moved, polar, turned
from .palettes import WHITE, Colour, Palette
from .scenery import backdrop
from .wording import listed, number, sentence


def network(canvas: Canvas, rng: Random, palette: Palette) -> str:
    canvas.rectangle(0, 0, WIDTH, HEIGHT, palette.sky)
    _land(canvas, rng, palette)
    nodes = _scattered(rng, rng.randint(8, 12))
    link = palette.main.lighter(0.15)
    for start, end in _links(nodes):
        canvas.line([start, end], link, 7)
    marked = nodes[: rng.randint(2, 4)]
    for index, (x, y) in enumerate(nodes):
        canvas.circle(x + 4, y + 8, 30, palette.dark.faded(0.2))
        canvas.circle(x, y, 30, WHITE)
        canvas.circle(x, y, 21, palette.main if index % 2 else palette.accent)
    for place in marked:
        _pin(canvas, place, palette.second)
    return sentence(
        f"een kaart met {number(len(nodes))} punten die met {link.inflected} lijnen verbonden zijn; op "
        f"{number(len(marked))} plekken staat een {palette.second.inflected} speld"
    )


def _land(canvas: Canvas, rng: Random, palette: Palette) -> None:
    """An island in blocks, crossed by roads and a river."""
    bays, capes = rng.randint(0, 360), rng.randint(0, 360)
    outline = []
    for angle in range(0, 360, 4):
        reach = 1 + 0.05 * sin(radians(3 * angle + bays)) + 0.03 * sin(radians(8 * angle + capes))
        x, y = polar((0, 0), reach, angle)
        outline.append((800 + x * 740, 510 + y * 470))
    canvas.polygon([(x + 8, y + 18) for x, y in outline], palette.sky.mixed(palette.dark, 0.22))
    canvas.polygon(outline, palette.ground.lighter(0.35))
    for _ in range(9):
        x, y = rng.randint(220, 1280), rng.randint(190, 760)
        canvas.rectangle(x, y, rng.randint(90, 220), rng.randint(70, 150), palette.ground.lighter(0.08).faded(0.8), 18)
    river = bezier((rng.randint(300, 600), 0), (500, 400), (1100, 600), (rng.randint(1000, 1300), HEIGHT))
    canvas.line(river, palette.sky, 46)
    for road in range(3):
        y = 300 + road * 210
        path = bezier(
            (150, y + rng.randint(-80, 80)), (600, y - 120), (1000, y + 120), (1450, y + rng.randint(-80, 80))
        )
        canvas.line(path, palette.ground.lighter(0.85), 12)


def _scattered(rng: Random, count: int) -> list[Point]:
    """Points spread over the picture, one in a cell of a grid."""
    cells = [(260 + column * 270, 310 + row * 225) for column in range(5) for row in range(3)]
    return [(x + rng.randint(-70, 70), y + rng.randint(-55, 55)) for x, y in rng.sample(cells, count)]


def _links(nodes: list[Point]) -> list[tuple[Point, Point]]:
    """Each point tied to the nearest two of the points before it, so that all hang together."""

    def distance(a: Point, b: Point) -> float:
        return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2

    links = []
    for index, node in enumerate(nodes):
        nearest = sorted((distance(node, earlier), earlier) for earlier in nodes[:index])
        links += [(node, earlier) for _, earlier in nearest[:2]]
    return links


def _pin(canvas: Canvas, place: Point, colour: Colour) -> None:
    x, y = place
    canvas.polygon([(x - 58, y - 110), (x + 58, y - 110), (x, y)], colour)
    canvas.circle(x, y - 132, 62, colour)
    canvas.circle(x, y - 132, 26, WHITE)


def yarn(canvas: Canvas, rng: Random, palette: Palette) -> str:
    backdrop(canvas, rng, palette)
    count = rng.randint(5, 8)
    balls = []
    for index in range(count):
        x = 240 + 1120 * index / (count - 1) + rng.randint(-25, 25)
        y = (300, 700)[index % 2] + rng.randint(-50, 50)
        balls.append((x, y))
    shift = rng.randint(0, 2)
    colours = [palette.bright[(index + shift) % 3] for index in range(count)]
    for index in range(count):
        for reach in (1, 2):
            _thread(canvas, rng, balls[index], balls[(index + reach) % count], colours[index])
    for (x, y), colour in zip(balls, colours, strict=True):
        _ball(canvas, rng, x, y, rng.randint(115, 145), colour, palette)
    names = listed([colour.inflected for colour in palette.bright])
    return sentence(f"{number(count)} bollen wol in {names} tinten, met draden die samen een netwerk vormen")


def _thread(canvas: Canvas, rng: Random, start: Point, end: Point, colour: Colour) -> None:
    sag = rng.randint(-220, 220)
    third = (end[0] - start[0]) / 3
    curve = bezier(start, (start[0] + third, start[1] + sag), (end[0] - third, end[1] + sag), end)
    canvas.line(moved(curve, 2, 4), colour.darker(0.25), 11)
    canvas.line(curve, colour, 11)
    canvas.line(curve, colour.lighter(0.3), 4)


def _ball(canvas: Canvas, rng: Random, x: float, y: float, radius: float, colour: Colour, palette: Palette) -> None:
    canvas.glow(x + 14, y + radius * 0.95, radius * 1.2, radius * 0.35, palette.dark.faded(0.45))
    canvas.circle(x, y, radius, colour)
    tilt = rng.randint(0, 179)
    _windings(canvas, (x, y), radius * 0.98, tilt, (-0.88, 0.88), colour.darker(0.25))
    # A last few turns cross over the others.
    lens = _winding((x, y), radius * 0.98, tilt + 70, 0.55) + _winding((x, y), radius * 0.98, tilt + 70, -0.25)[::-1]
    canvas.polygon(lens, colour.lighter(0.2))
    _windings(canvas, (x, y), radius * 0.98, tilt + 70, (-0.25, 0.55), colour.darker(0.15))
    canvas.glow(x - radius * 0.35, y - radius * 0.4, radius * 0.5, radius * 0.45, WHITE.faded(0.3))


def _windings(
    canvas: Canvas, centre: Point, radius: float, tilt: float, bulges: tuple[float, float], colour: Colour
) -> None:
    first, last = bulges
    turns = round((last - first) * 6)
    for turn in range(turns + 1):
        canvas.line(_winding(centre, radius, tilt, first + (last - first) * turn / turns), colour, 5)


def _winding(centre: Point, radius: float, tilt: float, bulge: float) -> list[Point]:
    """A thread over the ball from pole to pole, bulging to one side by this share of the radius."""
    points = []
    for angle in range(0, 181, 15):
        x, y = polar((0, 0), radius, angle)
        points.append((centre[0] + x, centre[1] + y * bulge))
    return turned(points, centre, tilt)
