"""Motifs about clean energy: wind and sun."""

from random import Random

from .canvas import WIDTH, Canvas
from .geometry import Point, between, polar
from .palettes import GLASS, LEAF, SOLAR_CELL, STEEL, WHITE, Palette
from .scenery import hills, outdoors, tree
from .wording import number, sentence


def wind_turbines(canvas: Canvas, rng: Random, palette: Palette) -> str:
    outdoors(canvas, rng, palette, 800)
    count = rng.randint(2, 5)
    largest = 1.0 if count < 4 else 0.85
    sizes = [largest - 0.1 * index for index in range(count)]
    rng.shuffle(sizes)
    for index, size in enumerate(sizes):
        x = WIDTH * (index + 0.5) / count + rng.randint(-40, 40)
        # The farther ones are smaller and stand higher on the land.
        _turbine(canvas, (x, 720 + 190 * (size - 0.6)), size, rng.randint(0, 119), palette)
    hills(canvas, rng, 880, 45, palette.ground.darker(0.08))
    for x in rng.sample(range(60, 1560, 150), rng.randint(4, 6)):
        tree(canvas, rng, x, rng.randint(890, 960), rng.uniform(0.45, 0.65))
    return sentence(
        f"{number(count)} witte windmolens met {palette.second.inflected} wiekpunten draaien boven glooiend "
        f"{palette.ground.name} land"
    )


def _turbine(canvas: Canvas, foot: Point, size: float, turn: float, palette: Palette) -> None:
    x, base = foot
    hub = x, base - 490 * size
    shade = WHITE.mixed(palette.dark, 0.18)
    tower = [
        (x - 10 * size, hub[1]),
        (x + 10 * size, hub[1]),
        (x + 22 * size, base + 60),
        (x - 22 * size, base + 60),
    ]
    canvas.polygon(tower, WHITE)
    canvas.polygon([(x + 2, hub[1]), tower[1], tower[2], (x + 4, base + 60)], shade)
    for blade in range(3):
        angle = turn + 120 * blade
        end, heel, root = (
            polar(hub, 260 * size, angle),
            polar(hub, 76 * size, angle - 16),
            polar(hub, 26 * size, angle + 30),
        )
        canvas.polygon([hub, heel, end, root], WHITE)
        canvas.polygon([hub, end, root], shade)
        canvas.polygon([between(hub, end, 0.8), between(heel, end, 0.74), end], palette.second)
        canvas.line([between(hub, end, 0.8), end], palette.second, 7 * size)
    canvas.circle(*hub, 22 * size, shade)
    canvas.circle(*hub, 11 * size, palette.second)


def solar_roof(canvas: Canvas, rng: Random, palette: Palette) -> str:
    outdoors(canvas, rng, palette, 820)
    tree(canvas, rng, rng.randint(100, 160), 880, 1.3)
    tree(canvas, rng, rng.randint(1450, 1520), 890, 1.1)
    canvas.glow(800, 895, 640, 30, palette.dark.faded(0.4))
    roof, wall = palette.second, palette.haze.mixed(palette.sky, 0.25)
    canvas.rectangle(1060, 190, 90, 180, palette.main.darker(0.2))
    canvas.rectangle(1046, 180, 118, 28, palette.main.darker(0.35), 6)
    canvas.gradient(290, 560, 1020, 330, wall.darker(0.12), wall)
    canvas.polygon([(400, 240), (1200, 240), (1370, 600), (230, 600)], roof)
    canvas.polygon([(230, 600), (1370, 600), (1366, 626), (234, 626)], roof.darker(0.25))
    rows, columns = rng.choice((2, 3)), rng.choice((4, 5, 6))
    _panels(canvas, rows, columns)
    _facade(canvas, rng, palette)
    return sentence(
        f"op een {roof.name} dak liggen {number(rows * columns)} {SOLAR_CELL.inflected} zonnepanelen, boven "
        f"een huis met een {palette.accent.inflected} deur"
    )


def _panels(canvas: Canvas, rows: int, columns: int) -> None:
    """Panels that follow the slope: the roof is narrower at its ridge."""

    def place(across: float, down: float) -> Point:
        left, right = 440 - 130 * down, 1160 + 130 * down
        return left + (right - left) * across, 268 + 304 * down

    gap = 0.012
    for row in range(rows):
        for column in range(columns):
            left, right = column / columns + gap, (column + 1) / columns - gap
            top, bottom = row / rows + 2 * gap, (row + 1) / rows - 2 * gap
            corners = [place(left, top), place(right, top), place(right, bottom), place(left, bottom)]
            canvas.polygon(corners, SOLAR_CELL)
            shine = [
                corners[0],
                between(corners[0], corners[1], 0.45),
                between(corners[3], corners[2], 0.15),
                corners[3],
            ]
            canvas.polygon(shine, SOLAR_CELL.lighter(0.14))
            for share in (1 / 3, 2 / 3):
                across = left + (right - left) * share
                canvas.line([place(across, top), place(across, bottom)], SOLAR_CELL.lighter(0.4), 3)
                down = top + (bottom - top) * share
                canvas.line([place(left, down), place(right, down)], SOLAR_CELL.lighter(0.4), 3)
            canvas.line([*corners, corners[0]], STEEL.lighter(0.5), 5)


def _facade(canvas: Canvas, rng: Random, palette: Palette) -> None:
    for x in (350, 560, 960, 1160):
        canvas.rectangle(x - 10, 670, 130, 130, WHITE, 6)
        canvas.gradient(x, 680, 110, 110, GLASS, GLASS.lighter(0.5))
        canvas.rectangle(x + 52, 680, 6, 110, WHITE)
        canvas.rectangle(x - 18, 800, 146, 14, palette.main, 6)
    canvas.rectangle(752, 670, 136, 220, WHITE, 6)
    canvas.rectangle(764, 682, 112, 208, palette.accent, 4)
    canvas.rectangle(790, 704, 60, 60, GLASS, 4)
    canvas.circle(860, 800, 8, palette.dark)
    for x in range(310, 720, 58):
        canvas.circle(x + rng.randint(-8, 8), 892, 34, LEAF.darker(0.05))
