"""Backgrounds, and the things that turn up in more than one picture."""

from math import sin
from random import Random

from .canvas import HEIGHT, WIDTH, Canvas
from .palettes import LEAF, RUBBER, SUN, WHITE, WOOD, Colour, Palette


def backdrop(canvas: Canvas, rng: Random, palette: Palette) -> None:
    """No place in particular: a soft gradient with a few large calm shapes."""
    canvas.gradient(0, 0, WIDTH, HEIGHT, palette.sky, palette.haze)
    rng.choice((_discs, _bands, _dots))(canvas, rng)


def _discs(canvas: Canvas, rng: Random) -> None:
    for x in (rng.randint(100, 400), rng.randint(700, 1000), rng.randint(1250, 1550)):
        canvas.circle(x, rng.randint(120, 900), rng.randint(160, 340), WHITE.faded(0.28))


def _bands(canvas: Canvas, rng: Random) -> None:
    slant = rng.randint(300, 560)
    for left in (rng.randint(-200, 100), rng.randint(500, 700), rng.randint(1050, 1250)):
        right = left + rng.randint(140, 320)
        corners = [(left, HEIGHT), (right, HEIGHT), (right + slant, 0), (left + slant, 0)]
        canvas.polygon(corners, WHITE.faded(0.3))


def _dots(canvas: Canvas, rng: Random) -> None:
    canvas.circle(rng.randint(650, 950), 510, 450, WHITE.faded(0.35))
    left, top = rng.choice((70, 1310)), rng.choice((70, 770))
    for row in range(5):
        for column in range(6):
            canvas.circle(left + 44 * column, top + 44 * row, 7, WHITE.faded(0.75))


def outdoors(canvas: Canvas, rng: Random, palette: Palette, horizon: int) -> None:
    """Sky with sun and clouds above rolling land."""
    canvas.gradient(0, 0, WIDTH, horizon, palette.sky, palette.haze)
    sun = rng.randint(200, 1400), rng.randint(130, 230)
    canvas.glow(*sun, 200, 200, WHITE.faded(0.8))
    canvas.circle(*sun, rng.randint(60, 85), SUN)
    for left in (100, 600, 1100)[: rng.randint(2, 3)]:
        cloud(canvas, left + rng.randint(0, 300), rng.randint(90, 300), rng.uniform(0.7, 1.3))
    hills(canvas, rng, horizon - 70, 55, palette.ground.mixed(palette.haze, 0.6))
    hills(canvas, rng, horizon - 25, 40, palette.ground.mixed(palette.haze, 0.3))
    canvas.gradient(0, horizon, WIDTH, HEIGHT - horizon, palette.ground, palette.ground.darker(0.14))


def cloud(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.circle(x - 50 * size, y - 25 * size, 42 * size, WHITE)
    canvas.circle(x + 10 * size, y - 45 * size, 58 * size, WHITE)
    canvas.circle(x + 65 * size, y - 18 * size, 38 * size, WHITE)
    canvas.rectangle(x - 120 * size, y - 35 * size, 250 * size, 50 * size, WHITE, 25 * size)


def hills(canvas: Canvas, rng: Random, level: float, height: float, colour: Colour) -> None:
    """A wavy ridge about this level, filled down to the bottom."""
    first, second = rng.uniform(0, 6), rng.uniform(0, 6)
    ridge = [
        (x, level - height * (0.6 * sin(x / 260 + first) + 0.4 * sin(x / 120 + second)))
        for x in range(0, WIDTH + 1, 20)
    ]
    canvas.polygon([(0, HEIGHT), *ridge, (WIDTH, HEIGHT)], colour)


def street(canvas: Canvas, rng: Random, palette: Palette, kerb: int) -> None:
    """A town in the distance, a pavement and a road whose far side is the kerb."""
    outdoors(canvas, rng, palette, kerb - 60)
    skyline(canvas, rng, palette.sky.mixed(palette.dark, 0.18), kerb - 60)
    canvas.rectangle(0, kerb - 60, WIDTH, 60, palette.haze.mixed(palette.dark, 0.14))
    canvas.gradient(0, kerb, WIDTH, HEIGHT - kerb, palette.dark.lighter(0.42), palette.dark.lighter(0.3))
    canvas.rectangle(0, kerb, WIDTH, 10, palette.haze.mixed(palette.dark, 0.25))
    for x in range(rng.randint(-120, 0), WIDTH, 260):
        canvas.rectangle(x, (kerb + HEIGHT) / 2 + 40, 140, 12, WHITE.faded(0.7), 6)


def skyline(canvas: Canvas, rng: Random, colour: Colour, base: float) -> None:
    """A row of distant houses, some with a pointed roof."""
    x = -rng.randint(0, 80)
    while x < WIDTH:
        width, height = rng.randint(80, 170), rng.randint(110, 300)
        tone = colour.lighter(rng.choice((0.15, 0.3, 0.4)))
        canvas.rectangle(x, base - height, width, height, tone)
        if rng.random() < 0.5:
            top = base - height
            canvas.polygon([(x, top), (x + width / 2, top - width * 0.45), (x + width, top)], tone)
        for row in range(int(height // 60)):
            for column in (0.22, 0.6):
                canvas.rectangle(x + width * column, base - height + 24 + row * 58, 22, 30, WHITE.faded(0.4))
        x += width + rng.choice((0, 0, 30))


def indoors(canvas: Canvas, rng: Random, palette: Palette, floor: int) -> None:
    """A wall with daylight falling on it, and a floor that starts at this height."""
    canvas.gradient(0, 0, WIDTH, floor, palette.sky, palette.haze)
    slant, left = rng.randint(180, 320), rng.randint(100, 900)
    for pane in (left, left + 230):
        corners = [(pane + slant, 0), (pane + slant + 190, 0), (pane + 190, floor), (pane, floor)]
        canvas.polygon(corners, WHITE.faded(0.25))
    planks = palette.ground.mixed(palette.haze, 0.25)
    canvas.gradient(0, floor, WIDTH, HEIGHT - floor, planks, planks.darker(0.1))
    canvas.rectangle(0, floor - 14, WIDTH, 14, planks.darker(0.16))


def lamp(canvas: Canvas, x: float, drop: float, colour: Colour) -> None:
    """A lamp that hangs from the ceiling."""
    canvas.line([(x, 0), (x, drop)], RUBBER, 5)
    canvas.glow(x, drop + 110, 230, 150, WHITE.faded(0.6))
    canvas.circle(x, drop + 66, 22, WHITE)
    canvas.pie(x, drop + 70, 74, 180, 360, colour)
    canvas.rectangle(x - 14, drop - 18, 28, 24, colour.darker(0.2), 8)


def tree(canvas: Canvas, rng: Random, x: float, base: float, size: float) -> None:
    canvas.glow(x, base, 110 * size, 20 * size, RUBBER.faded(0.25))
    canvas.rectangle(x - 9 * size, base - 130 * size, 18 * size, 130 * size, WOOD.darker(0.35), 6 * size)
    if rng.random() < 0.5:
        canvas.circle(x, base - 200 * size, 95 * size, LEAF)
        canvas.circle(x + 22 * size, base - 215 * size, 62 * size, LEAF.lighter(0.14))
    else:
        canvas.ellipse(x, base - 210 * size, 70 * size, 130 * size, LEAF.darker(0.08))
        canvas.ellipse(x + 16 * size, base - 220 * size, 44 * size, 100 * size, LEAF.lighter(0.1))


def plant(canvas: Canvas, x: float, base: float, size: float, pot: Colour) -> None:
    """A pot plant."""
    for lean, reach in ((-70, 150), (-35, 205), (0, 225), (35, 205), (70, 150)):
        tip = x + lean * 1.3 * size, base - (60 + reach) * size
        middle = base - (60 + reach * 0.5) * size
        leaf = [
            (x, base - 60 * size),
            (x + (lean - 26) * size, middle),
            tip,
            (x + (lean + 30) * size, middle),
        ]
        canvas.polygon(leaf, LEAF.lighter(0.12) if lean in (-35, 35) else LEAF)
    corners = [(x - 52 * size, base - 90 * size), (x + 52 * size, base - 90 * size)]
    canvas.polygon([*corners, (x + 38 * size, base), (x - 38 * size, base)], pot)
    canvas.rectangle(x - 58 * size, base - 100 * size, 116 * size, 26 * size, pot.darker(0.12), 8 * size)
