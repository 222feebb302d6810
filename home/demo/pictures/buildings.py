"""Motifs with a building: one going up, a greenhouse and a school."""

from random import Random

from .canvas import HEIGHT, Canvas
from .geometry import Point, between, bezier
from .palettes import GLASS, LEAF, RUBBER, SOLAR_CELL, STEEL, WHITE, WOOD, Colour, Palette
from .scenery import cloud, outdoors, skyline, tree
from .wording import number, sentence

_Beam = tuple[Point, Point]


def crane(canvas: Canvas, rng: Random, palette: Palette) -> str:
    outdoors(canvas, rng, palette, 860)
    skyline(canvas, rng, palette.sky.mixed(palette.dark, 0.12), 866)
    floors = rng.randint(3, 5)
    _building_shell(canvas, rng, floors, palette)
    _tower_crane(canvas, palette.main)
    hook = rng.choice((980, 1060, 1140))
    _load(canvas, hook, max(340, 910 - 96 * floors - rng.randint(100, 180)), palette.accent)
    _fence(canvas, palette.second)
    return sentence(
        f"een {palette.main.inflected} bouwkraan hijst een {palette.accent.name} bouwdeel boven een gebouw "
        f"in aanbouw met {number(floors)} verdiepingen"
    )


def _building_shell(canvas: Canvas, rng: Random, floors: int, palette: Palette) -> None:
    concrete = palette.haze.mixed(palette.dark, 0.22)
    for floor in range(floors):
        top = 910 - 96 * (floor + 1)
        canvas.rectangle(790, top, 620, 96, palette.dark.lighter(0.25).faded(0.45))
        for column in range(5):
            canvas.rectangle(800 + column * 145, top, 20, 96, concrete.darker(0.08))
            # The upper floors have no windows yet.
            if floor < floors - 1 and column < 4 and rng.random() < 0.8:
                canvas.rectangle(828 + column * 145, top + 28, 108, 68, GLASS)
                canvas.rectangle(828 + column * 145, top + 28, 108, 22, GLASS.lighter(0.5))
        canvas.rectangle(770, top, 660, 22, concrete)
    for rod in range(13):
        canvas.rectangle(800 + rod * 48, 910 - 96 * floors - 34, 6, 34, palette.dark.lighter(0.3))


def _tower_crane(canvas: Canvas, colour: Colour) -> None:
    canvas.rectangle(330, 880, 220, 44, STEEL.darker(0.3), 6)
    _lattice(canvas, ((405, 900), (405, 220)), ((475, 900), (475, 220)), 11, colour)
    _lattice(canvas, ((475, 220), (1330, 220)), ((475, 160), (1300, 190)), 13, colour)
    _lattice(canvas, ((405, 220), (190, 220)), ((405, 160), (200, 185)), 4, colour)
    peak = (440, 50)
    for foot in ((405, 165), (475, 165)):
        canvas.rod([foot, peak], colour, 14)
    for far in ((1000, 178), (215, 190)):
        canvas.line([peak, far], colour.darker(0.25), 6)
    canvas.rectangle(180, 212, 110, 100, STEEL.darker(0.25), 8)
    canvas.rectangle(470, 218, 92, 96, colour.darker(0.15), 12)
    canvas.rectangle(506, 232, 46, 46, GLASS, 6)


def _lattice(canvas: Canvas, one: _Beam, other: _Beam, fields: int, colour: Colour) -> None:
    """Two beams with a zigzag between them."""
    for field in range(fields):
        first, last = field / fields, (field + 1) / fields
        middle = between(*other, (first + last) / 2)
        canvas.line([between(*one, first), middle, between(*one, last)], colour.darker(0.12), 8)
    for beam in (one, other):
        canvas.rod(beam, colour, 14)


def _load(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.rectangle(x - 40, 222, 80, 24, STEEL.darker(0.35), 8)
    canvas.line([(x, 240), (x, y - 90)], RUBBER, 6)
    canvas.line([(x - 100, y - 10), (x, y - 90), (x + 100, y - 10)], RUBBER, 5)
    canvas.circle(x, y - 90, 14, STEEL.darker(0.35))
    canvas.rectangle(x - 130, y - 10, 260, 60, colour, 6)
    canvas.rectangle(x - 130, y + 32, 260, 18, colour.darker(0.2), 6)


def _fence(canvas: Canvas, colour: Colour) -> None:
    for panel in range(9):
        x = -40 + panel * 190
        canvas.rectangle(x, 900, 182, 64, WHITE, 6)
        for stripe in range(3):
            left = x + 14 + stripe * 58
            canvas.polygon([(left, 964), (left + 28, 964), (left + 50, 900), (left + 22, 900)], colour)
        canvas.rectangle(x + 20, 964, 14, 36, STEEL.darker(0.3))
        canvas.rectangle(x + 148, 964, 14, 36, STEEL.darker(0.3))


def greenhouse(canvas: Canvas, rng: Random, palette: Palette) -> str:
    outdoors(canvas, rng, palette, 800)
    bays = rng.choice((2, 3))
    width = 1360 / bays
    canvas.glow(800, 905, 760, 30, palette.dark.faded(0.35))
    for bay in range(bays):
        left = 120 + bay * width
        roof = [(left, 400), (left + width / 2, 400 - width * 0.36), (left + width, 400)]
        canvas.polygon([*roof, (left + width, 890), (left, 890)], WHITE.faded(0.55))
        canvas.polygon([roof[0], roof[1], (left + width / 2, 400)], GLASS.faded(0.5))
    # Green flowers would drown in the leaves.
    flower = palette.accent if "groen" in palette.second.name else palette.second
    _crops(canvas, rng, flower)
    frame = palette.main
    for bay in range(bays):
        _glass_front(canvas, 120 + bay * width, width, frame)
    canvas.rectangle(112, 870, 1376, 26, frame.darker(0.2), 6)
    for shine in range(3):
        x = 240 + shine * 420
        canvas.polygon([(x + 90, 440), (x + 130, 440), (x + 30, 640), (x - 10, 640)], WHITE.faded(0.45))
    return sentence(
        f"een glazen kas met {number(bays)} {frame.inflected} puntdaken, met binnen rijen groene planten vol "
        f"{flower.inflected} bloemen"
    )


def _crops(canvas: Canvas, rng: Random, flower: Colour) -> None:
    """Tall plants in flower behind low ones in a trough."""
    for x in range(190, 1440, 110):
        height = rng.randint(260, 370)
        canvas.rectangle(x - 4, 850 - height, 8, height, LEAF.darker(0.25))
        for level in range(int(height // 62)):
            y = 830 - level * 62
            for side in (-1, 1):
                leaf = [(x, y), (x + side * 46, y - 50), (x + side * 60, y - 14), (x + side * 30, y + 8)]
                canvas.polygon(leaf, LEAF.lighter(0.06 * (level % 3)))
            bloom = x + rng.choice((-24, 24)), y - 26
            canvas.circle(*bloom, 21, flower)
            canvas.circle(*bloom, 8, flower.lighter(0.6))
        canvas.circle(x, 846 - height, 20, LEAF.lighter(0.2))
    canvas.rectangle(150, 800, 1300, 80, WOOD.darker(0.05), 10)
    canvas.rectangle(150, 800, 1300, 18, WOOD.darker(0.3), 8)
    for x in range(190, 1440, 72):
        canvas.circle(x, 792, 30, LEAF.lighter(0.25))


def _glass_front(canvas: Canvas, left: float, width: float, frame: Colour) -> None:
    middle, right = left + width / 2, left + width
    ridge = 400 - width * 0.36
    for post in range(1, 4):
        x = left + width * post / 4
        top = ridge + abs(x - middle) * 0.72
        canvas.rectangle(x - 5, top, 10, 880 - top, frame.lighter(0.35))
    canvas.rectangle(left, 394, width, 12, frame.lighter(0.35))
    canvas.rectangle(left, 630, width, 8, frame.lighter(0.35))
    canvas.rod([(left, 890), (left, 400), (middle, ridge), (right, 400), (right, 890)], frame, 18)


def school(canvas: Canvas, rng: Random, palette: Palette) -> str:
    outdoors(canvas, rng, palette, 800)
    canvas.glow(800, 862, 760, 30, palette.dark.faded(0.35))
    floors = rng.choice((2, 3))
    wing, top = palette.main, 850 - 190 * floors
    canvas.rectangle(150, top, 1300, 850 - top, wing)
    canvas.rectangle(134, top - 26, 1332, 36, wing.darker(0.25), 6)
    for floor in range(floors):
        for column in range(10):
            if column not in (4, 5):
                _school_window(canvas, rng, 180 + column * 126, top + 44 + floor * 190, palette)
    _entrance(canvas, top, palette)
    roof = rng.choice(("zonnepanelen", "een vlag"))
    if roof == "een vlag":
        canvas.rectangle(296, top - 210, 10, 190, STEEL.darker(0.2), 4)
        wave = bezier((306, top - 205), (360, top - 235), (400, top - 175), (460, top - 205))
        canvas.polygon([*wave, *[(x, y + 80) for x, y in reversed(wave)]], palette.accent)
    else:
        for panel in range(5):
            x = 210 + panel * 84
            canvas.polygon([(x, top - 26), (x + 26, top - 86), (x + 90, top - 86), (x + 64, top - 26)], SOLAR_CELL)
            canvas.line([(x + 13, top - 56), (x + 77, top - 56)], SOLAR_CELL.lighter(0.35), 4)
    _schoolyard(canvas, rng, palette)
    return sentence(
        f"een {wing.name} schoolgebouw van {number(floors)} verdiepingen met een {palette.second.inflected} "
        f"ingang en {roof} op het dak"
    )


def _school_window(canvas: Canvas, rng: Random, x: float, y: float, palette: Palette) -> None:
    canvas.rectangle(x - 6, y - 6, 114, 122, WHITE.mixed(palette.main, 0.1), 4)
    canvas.gradient(x, y, 102, 110, GLASS, GLASS.lighter(0.55))
    if rng.random() < 0.3:
        canvas.rectangle(x, y, 102, rng.choice((26, 44)), palette.accent.lighter(0.35))
    canvas.rectangle(x + 48, y, 6, 110, WHITE.mixed(palette.main, 0.1))


def _entrance(canvas: Canvas, top: float, palette: Palette) -> None:
    canvas.rectangle(670, top - 70, 260, 920 - top, palette.second, 8)
    canvas.rectangle(890, top - 70, 40, 920 - top, palette.second.darker(0.12), 8)
    canvas.circle(800, top + 20, 54, WHITE)
    canvas.line([(800, top + 20), (800, top - 18)], palette.dark, 8)
    canvas.line([(800, top + 20), (826, top + 34)], palette.dark, 8)
    canvas.gradient(706, 640, 188, 210, GLASS.darker(0.1), GLASS.lighter(0.4))
    canvas.rectangle(794, 640, 12, 210, palette.dark.lighter(0.2))
    canvas.rectangle(640, 610, 320, 30, palette.dark.lighter(0.15), 8)


def _schoolyard(canvas: Canvas, rng: Random, palette: Palette) -> None:
    canvas.polygon([(690, 850), (910, 850), (1080, HEIGHT), (520, HEIGHT)], palette.haze.mixed(palette.dark, 0.12))
    for x in (80, rng.randint(340, 420), rng.randint(1150, 1260), 1530):
        tree(canvas, rng, x, rng.randint(890, 930), rng.uniform(0.8, 1.05))
    for stand in range(5):
        canvas.arc(1010 + stand * 44, 925, 34, 7, STEEL.darker(0.25), 180, 360)
        canvas.rectangle(976 + stand * 44, 924, 7, 20, STEEL.darker(0.25))
        canvas.rectangle(1037 + stand * 44, 924, 7, 20, STEEL.darker(0.25))
    cloud(canvas, rng.randint(1000, 1300), 110, 0.7)
