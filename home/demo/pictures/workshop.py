"""Motifs from the workshop: gears and the workbench."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from .canvas import HEIGHT, WIDTH, Canvas
from .geometry import Point, between, bezier, moved, polar
from .palettes import STEEL, WHITE, WOOD, Colour, Palette
from .scenery import backdrop, indoors, plant
from .wording import listed, number, sentence


class _Gear(NamedTuple):
    centre: Point
    radius: float
    teeth: int
    phase: float  # the direction of its first tooth


class _Mesh(NamedTuple):
    parent: int  # the gear of the train it turns
    direction: float  # where it lies, seen from there
    teeth: int


# The first gear of a train has no parent. The three colours go round the train, and the order is such that
# meshing gears never share one.
_GEAR_TRAINS = (
    (_Mesh(0, 0, 18), _Mesh(0, -30, 12), _Mesh(1, 45, 9)),
    (_Mesh(0, 0, 12), _Mesh(0, 20, 18), _Mesh(1, -48, 9), _Mesh(1, 40, 10)),
    (_Mesh(0, 0, 10), _Mesh(0, -40, 14), _Mesh(1, 50, 16), _Mesh(2, -50, 9)),
    (_Mesh(0, 0, 16), _Mesh(0, 180, 9), _Mesh(0, -35, 12), _Mesh(2, -15, 8), _Mesh(0, 35, 10)),
)


def gears(canvas: Canvas, rng: Random, palette: Palette) -> str:
    backdrop(canvas, rng, palette)
    train = _fitted(_meshed(rng.choice(_GEAR_TRAINS), rng.uniform(0, 1)))
    shift = rng.randint(0, 2)
    for index, gear in enumerate(train):
        canvas.polygon(moved(_toothed_outline(gear), 10, 18), palette.dark.faded(0.2))
        _draw_gear(canvas, gear, palette.bright[(index + shift) % 3], spoked=rng.random() < 0.5)
    colours = listed([colour.name for colour in palette.bright])
    return sentence(
        f"{number(len(train))} tandwielen in {colours} grijpen met hun tanden in elkaar op een "
        f"{palette.sky.inflected} achtergrond"
    )


def _meshed(train: Sequence[_Mesh], turned_by: float) -> list[_Gear]:
    """The gears with a tooth one unit wide; the first one has turned by this share of a tooth."""
    first = train[0].teeth
    gears = [_Gear((0, 0), first / 2, first, turned_by * 360 / first)]
    for mesh in train[1:]:
        parent = gears[mesh.parent]
        centre = polar(parent.centre, parent.radius + mesh.teeth / 2, mesh.direction)
        # Where the two touch, a tooth of one has to face a gap of the other.
        share_of_tooth = (mesh.direction - parent.phase) * parent.teeth / 360
        phase = mesh.direction + 180 - (0.5 - share_of_tooth) * 360 / mesh.teeth
        gears.append(_Gear(centre, mesh.teeth / 2, mesh.teeth, phase))
    return gears


def _fitted(gears: list[_Gear]) -> list[_Gear]:
    """The gears moved to the middle of the picture and enlarged to fill it."""
    left = min(gear.centre[0] - gear.radius for gear in gears)
    right = max(gear.centre[0] + gear.radius for gear in gears)
    top = min(gear.centre[1] - gear.radius for gear in gears)
    bottom = max(gear.centre[1] + gear.radius for gear in gears)
    scale = min(1280 / (right - left), 760 / (bottom - top))
    x, y = WIDTH / 2 - scale * (left + right) / 2, HEIGHT / 2 - scale * (top + bottom) / 2
    return [
        gear._replace(centre=(x + gear.centre[0] * scale, y + gear.centre[1] * scale), radius=gear.radius * scale)
        for gear in gears
    ]


def _tooth_depth(gear: _Gear) -> float:
    return 1.7 * gear.radius / gear.teeth


def _toothed_outline(gear: _Gear) -> list[Point]:
    step, depth = 360 / gear.teeth, _tooth_depth(gear)
    # A gap is a little deeper than a tooth is long, so that meshing gears do not touch.
    profile = ((-0.29, -1.15 * depth), (-0.15, depth), (0.15, depth), (0.29, -1.15 * depth))
    return [
        polar(gear.centre, gear.radius + reach, gear.phase + (tooth + side) * step)
        for tooth in range(gear.teeth)
        for side, reach in profile
    ]


def _draw_gear(canvas: Canvas, gear: _Gear, colour: Colour, spoked: bool) -> None:
    centre, depth = gear.centre, _tooth_depth(gear)
    inner = gear.radius - 2.6 * depth
    face, recess = colour.lighter(0.14), colour.darker(0.3)
    canvas.polygon(_toothed_outline(gear), colour)
    canvas.circle(*centre, gear.radius - 1.9 * depth, face)
    if spoked:
        canvas.circle(*centre, inner, recess)
        for spoke in range(5):
            canvas.line([centre, polar(centre, inner + 4, gear.phase + spoke * 72)], face, gear.radius * 0.16)
    else:
        for hole in range(6):
            canvas.circle(*polar(centre, inner * 0.7, gear.phase + hole * 60), inner * 0.2, recess)
    canvas.circle(*centre, inner * 0.4, colour.lighter(0.3))
    canvas.circle(*centre, inner * 0.2, colour.darker(0.45))


def workbench(canvas: Canvas, rng: Random, palette: Palette) -> str:
    indoors(canvas, rng, palette, 850)
    tools = rng.sample(list(_TOOLS), rng.randint(4, 6))
    _tool_board(canvas, rng, palette, tools)
    canvas.glow(800, 945, 720, 45, palette.dark.faded(0.35))
    cupboard = palette.main
    for left in (210, 1010):
        canvas.rectangle(left, 670, 380, 280, cupboard, 10)
        for drawer in range(3):
            top = 690 + drawer * 84
            canvas.rectangle(left + 18, top, 344, 70, cupboard.lighter(0.12), 8)
            canvas.rectangle(left + 140, top + 28, 100, 12, palette.haze, 6)
    canvas.rectangle(590, 690, 420, 26, cupboard.darker(0.2))
    canvas.rectangle(130, 630, 1340, 56, WOOD, 12)
    canvas.rectangle(130, 668, 1340, 18, WOOD.darker(0.18), 8)
    _vice(canvas, 310, 630, palette.dark.lighter(0.25))
    if rng.random() < 0.5:
        _toolbox(canvas, 1180, 630, palette.second)
        extra = f"een {palette.second.inflected} gereedschapskist"
    else:
        plant(canvas, 1220, 630, 0.55, palette.second)
        extra = f"een plant in een {palette.second.inflected} pot"
    for plank in range(rng.randint(2, 4)):
        canvas.rectangle(640 + plank * 18, 606 - plank * 24, 330 - plank * 30, 24, WOOD.lighter(0.1 * plank), 4)
    return sentence(
        f"een {cupboard.inflected} werkbank met bankschroef en {extra}; aan de wand hangt gereedschap, zoals "
        f"een {tools[0]}"
    )


def _hammer(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.rectangle(x - 13, y - 90, 26, 230, WOOD.darker(0.1), 12)
    canvas.rectangle(x - 15, y + 40, 30, 100, colour, 13)
    canvas.rectangle(x - 10, y - 118, 78, 54, STEEL.darker(0.15), 8)
    canvas.polygon([(x, y - 116), (x, y - 70), (x - 76, y - 66), (x - 56, y - 94)], STEEL.darker(0.15))


def _saw(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    blade = [(x - 46, y - 60), (x + 44, y - 60), (x + 44, y + 140), (x + 12, y + 140)]
    canvas.polygon(blade, STEEL.lighter(0.25))
    for tooth in range(10):
        start, end = between(blade[3], blade[0], tooth / 10), between(blade[3], blade[0], (tooth + 1) / 10)
        canvas.polygon([start, end, (start[0] - 10, start[1] - 14)], STEEL.lighter(0.25))
    canvas.rectangle(x - 52, y - 130, 104, 80, colour, 26)
    canvas.rectangle(x - 24, y - 110, 48, 36, colour.darker(0.4), 16)


def _spanner(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.rectangle(x - 15, y - 70, 30, 180, STEEL)
    canvas.arc(x, y - 90, 46, 26, STEEL, -50, 230)
    canvas.arc(x, y + 112, 36, 20, STEEL)
    canvas.rectangle(x - 7, y - 40, 14, 110, colour, 7)


def _screwdriver(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.rectangle(x - 7, y - 10, 14, 132, STEEL.darker(0.1))
    canvas.polygon([(x - 7, y + 116), (x + 7, y + 116), (x + 12, y + 142), (x - 12, y + 142)], STEEL.darker(0.1))
    canvas.rectangle(x - 27, y - 130, 54, 128, colour, 22)
    for groove in (-12, 6):
        canvas.rectangle(x + groove, y - 112, 6, 90, colour.darker(0.22), 3)


def _pliers(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    for side in (-1, 1):
        canvas.polygon([(x, y - 10), (x + side * 32, y - 40), (x + side * 6, y - 128), (x, y - 128)], STEEL)
        grip = bezier((x, y), (x + side * 60, y + 30), (x + side * 52, y + 90), (x + side * 40, y + 132))
        canvas.rod(grip, colour.darker(0.1 if side < 0 else 0), 24)
    canvas.line([(x, y - 120), (x, y - 30)], STEEL.darker(0.3), 4)
    canvas.circle(x, y - 8, 30, STEEL)
    canvas.circle(x, y - 8, 10, STEEL.darker(0.35))


def _square(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.rectangle(x - 50, y - 120, 40, 260, STEEL.lighter(0.3), 4)
    for mark in range(9):
        canvas.rectangle(x - 26, y - 60 + mark * 22, 16, 4, STEEL.darker(0.3))
    canvas.rectangle(x - 62, y - 124, 138, 50, colour, 8)


_TOOLS = {
    "hamer": _hammer,
    "zaag": _saw,
    "steeksleutel": _spanner,
    "schroevendraaier": _screwdriver,
    "tang": _pliers,
    "winkelhaak": _square,
}


def _tool_board(canvas: Canvas, rng: Random, palette: Palette, tools: list[str]) -> None:
    """A board with holes, and the tools hanging side by side on it."""
    canvas.rectangle(264, 144, 1100, 350, palette.dark.faded(0.14), 18)
    canvas.rectangle(250, 120, 1100, 350, palette.dark.lighter(0.78), 18)
    for row in range(7):
        for column in range(22):
            canvas.circle(278 + column * 48, 150 + row * 48, 4, palette.dark.lighter(0.62))
    slot = 1100 / len(tools)
    for index, tool in enumerate(tools):
        colour = palette.bright[(index + rng.randint(0, 1)) % 3]
        middle = 250 + slot * (index + 0.5)
        canvas.rectangle(middle - 34, 152, 68, 12, palette.dark.lighter(0.35), 6)
        _TOOLS[tool](canvas, middle, 292, colour)


def _vice(canvas: Canvas, x: float, base: float, colour: Colour) -> None:
    canvas.rectangle(x - 80, base - 28, 200, 28, colour, 6)
    canvas.rectangle(x - 40, base - 80, 120, 60, colour.darker(0.15), 8)
    canvas.rectangle(x + 20, base - 130, 56, 110, colour, 8)
    canvas.rectangle(x - 70, base - 130, 50, 110, colour, 8)
    canvas.rectangle(x - 150, base - 74, 90, 18, STEEL, 8)
    canvas.rectangle(x - 152, base - 120, 14, 110, STEEL.darker(0.15), 7)


def _toolbox(canvas: Canvas, x: float, base: float, colour: Colour) -> None:
    canvas.arc(x, base - 140, 70, 18, colour.darker(0.35), 180, 360)
    canvas.rectangle(x - 150, base - 140, 300, 140, colour, 16)
    canvas.rectangle(x - 150, base - 140, 300, 46, colour.darker(0.14), 16)
    for left in (-90, 50):
        canvas.rectangle(x + left, base - 110, 40, 44, WHITE.darker(0.1), 6)
