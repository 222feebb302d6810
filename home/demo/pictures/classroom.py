"""Motifs from the classroom: the laboratory table and the bookcase."""

from random import Random

from .canvas import Canvas
from .geometry import polar
from .palettes import GLASS, STEEL, WHITE, WOOD, Colour, Palette
from .scenery import indoors, plant
from .wording import listed, number, sentence


def laboratory(canvas: Canvas, rng: Random, palette: Palette) -> str:
    indoors(canvas, rng, palette, 880)
    _lab_shelf(canvas, rng, palette)
    canvas.rectangle(90, 780, 1420, 240, palette.haze.mixed(palette.main, 0.25))
    for cupboard in range(4):
        canvas.rectangle(130 + cupboard * 345, 850, 310, 170, palette.haze.mixed(palette.main, 0.1), 8)
        canvas.rectangle(240 + cupboard * 345, 880, 90, 12, palette.main, 6)
    canvas.rectangle(50, 760, 1500, 50, palette.dark.lighter(0.25), 10)
    glassware = rng.sample(list(_GLASSWARE), 4)
    for index, name in enumerate(glassware):
        x = 250 + index * 270
        canvas.glow(x, 762, 120, 16, palette.dark.faded(0.5))
        _GLASSWARE[name](canvas, rng, x, 760, palette.bright[index % 3])
    _microscope(canvas, 1370, 760, palette)
    colours = listed([colour.inflected for colour in palette.bright])
    return sentence(
        f"een labtafel met een microscoop en glaswerk, zoals een {glassware[0]} en {glassware[1]}, "
        f"met {colours} vloeistof"
    )


def _lab_shelf(canvas: Canvas, rng: Random, palette: Palette) -> None:
    canvas.rectangle(150, 330, 1300, 22, palette.dark.lighter(0.45), 8)
    x = 210
    while x < 1380:
        width, height = rng.choice((60, 76, 90)), rng.randint(90, 170)
        colour = rng.choice(palette.bright).mixed(palette.haze, 0.55)
        canvas.rectangle(x, 330 - height, width, height, colour, 12)
        canvas.rectangle(x + width * 0.25, 300 - height, width * 0.5, 34, palette.haze.mixed(palette.dark, 0.4), 6)
        canvas.rectangle(x, 330 - height * 0.6, width, height * 0.32, palette.haze)
        x += width + rng.choice((24, 24, 90))


def _bubbles(canvas: Canvas, rng: Random, x: float, y: float, spread: int) -> None:
    for _ in range(5):
        canvas.circle(
            x + rng.randint(-spread, spread),
            y + rng.randint(-50, 10),
            rng.choice((6, 8, 11)),
            WHITE.faded(0.6),
        )


_PANE = GLASS.lighter(0.45).faded(0.75)


def _erlenmeyer(canvas: Canvas, rng: Random, x: float, base: float, liquid: Colour) -> None:
    outline = [
        (x - 28, base - 260),
        (x + 28, base - 260),
        (x + 28, base - 190),
        (x + 105, base),
        (x - 105, base),
    ]
    canvas.polygon([*outline, (x - 28, base - 190)], _PANE)
    fill = rng.choice((80, 110, 140))
    half = 105 - fill * 77 / 190
    canvas.polygon([(x - half, base - fill), (x + half, base - fill), (x + 100, base - 4), (x - 100, base - 4)], liquid)
    canvas.ellipse(x, base - fill, half, 10, liquid.lighter(0.3))
    _bubbles(canvas, rng, x, base - 30, 50)
    canvas.rectangle(x - 38, base - 272, 76, 18, GLASS, 8)


def _round_flask(canvas: Canvas, rng: Random, x: float, base: float, liquid: Colour) -> None:
    canvas.rectangle(x - 70, base - 20, 140, 20, STEEL.darker(0.3), 8)
    canvas.rectangle(x - 26, base - 330, 52, 160, _PANE)
    canvas.circle(x, base - 120, 104, GLASS.lighter(0.5))
    low = rng.choice((10, 25, 40))
    canvas.pie(x, base - 120, 96, 0, 180, liquid)
    canvas.rectangle(x - 94, base - 120 - low, 188, low + 2, liquid)
    canvas.ellipse(x, base - 120 - low, 93, 12, liquid.lighter(0.3))
    _bubbles(canvas, rng, x, base - 70, 50)
    canvas.rectangle(x - 36, base - 342, 72, 18, GLASS, 8)


def _beaker(canvas: Canvas, rng: Random, x: float, base: float, liquid: Colour) -> None:
    canvas.rectangle(x - 84, base - 220, 168, 220, _PANE, 14)
    fill = rng.choice((90, 120, 150))
    canvas.rectangle(x - 78, base - fill, 156, fill - 6, liquid, 10)
    canvas.ellipse(x, base - fill, 78, 11, liquid.lighter(0.3))
    for mark in range(4):
        canvas.rectangle(x + 34, base - 60 - mark * 36, 36, 6, WHITE.faded(0.8))
    canvas.rectangle(x - 96, base - 228, 192, 16, GLASS, 8)


def _cylinder(canvas: Canvas, rng: Random, x: float, base: float, liquid: Colour) -> None:
    canvas.rectangle(x - 70, base - 22, 140, 22, GLASS.darker(0.15), 8)
    canvas.rectangle(x - 36, base - 360, 72, 342, _PANE, 10)
    fill = rng.choice((150, 200, 260))
    canvas.rectangle(x - 31, base - 22 - fill, 62, fill, liquid, 6)
    for mark in range(8):
        canvas.rectangle(x + 2, base - 70 - mark * 34, 26, 5, WHITE.faded(0.8))
    canvas.rectangle(x - 46, base - 368, 92, 16, GLASS, 8)


def _tube_rack(canvas: Canvas, rng: Random, x: float, base: float, liquid: Colour) -> None:
    for tube in (-84, -28, 28, 84):
        canvas.rectangle(x + tube - 19, base - 230, 38, 215, _PANE, 19)
        fill = rng.randint(60, 140)
        canvas.rectangle(x + tube - 15, base - 18 - fill, 30, fill, liquid, 15)
    for shelf in (base - 150, base - 20):
        canvas.rectangle(x - 120, shelf, 240, 20, WOOD, 6)
    for side in (-120, 104):
        canvas.rectangle(x + side, base - 150, 16, 150, WOOD.darker(0.15), 4)


_GLASSWARE = {
    "erlenmeyer": _erlenmeyer,
    "rondbodemkolf": _round_flask,
    "bekerglas": _beaker,
    "maatcilinder": _cylinder,
    "reageerbuisrek": _tube_rack,
}


def _microscope(canvas: Canvas, x: float, base: float, palette: Palette) -> None:
    canvas.rectangle(x - 110, base - 34, 220, 34, palette.main.darker(0.3), 14)
    canvas.arc(x + 10, base - 170, 150, 40, palette.main.darker(0.1), -80, 80)
    canvas.rectangle(x - 90, base - 110, 170, 20, palette.main.darker(0.3), 8)
    canvas.rectangle(x - 52, base - 330, 64, 150, palette.main, 16)
    canvas.rectangle(x - 42, base - 390, 44, 70, palette.dark, 8)
    canvas.rectangle(x - 34, base - 190, 28, 56, STEEL, 6)
    canvas.circle(x + 92, base - 110, 26, palette.accent)


def bookshelf(canvas: Canvas, rng: Random, palette: Palette) -> str:
    indoors(canvas, rng, palette, 930)
    canvas.glow(800, 965, 760, 36, palette.dark.faded(0.4))
    canvas.rectangle(1450, 84, 46, 860, palette.dark.faded(0.12), 14)
    canvas.rectangle(140, 60, 1320, 900, WOOD.darker(0.1), 14)
    shelves = rng.choice((2, 3))
    height = 852 / shelves
    extras = rng.sample(list(_SHELF_EXTRAS), shelves)
    for shelf, extra in enumerate(extras):
        base = 84 + (shelf + 1) * height - 24
        canvas.gradient(168, base - height + 24, 1264, height - 24, WOOD.darker(0.42), WOOD.darker(0.3))
        spot = rng.choice((300, 800, 1300))
        scale = 1.0 if shelves == 3 else 1.4
        _books(canvas, rng, base, height - 24, (spot - 130 * scale, spot + 130 * scale), palette)
        _SHELF_EXTRAS[extra](canvas, spot, base, scale, palette)
        canvas.rectangle(140, base, 1320, 24, WOOD.lighter(0.1))
    colours = listed([colour.inflected for colour in palette.bright])
    return sentence(f"een houten boekenkast met {number(shelves)} planken vol {colours} boeken, plus {listed(extras)}")


def _books(
    canvas: Canvas, rng: Random, base: float, room: float, kept_free: tuple[float, float], palette: Palette
) -> None:
    """Books from one end to the other, except where something else stands."""
    colours = (
        *palette.bright,
        palette.main.lighter(0.3),
        palette.second.darker(0.2),
        palette.accent.lighter(0.4),
    )
    x = 190.0
    while x < 1380:
        width, height = rng.randint(36, 74), room * rng.uniform(0.62, 0.9)
        if x + width > kept_free[0] and x < kept_free[1]:
            x = kept_free[1]
            continue
        colour = rng.choice(colours)
        canvas.rectangle(x, base - height, width - 3, height, colour, 5)
        canvas.rectangle(x + width - 12, base - height, 9, height, colour.darker(0.18), 5)
        band = rng.choice((0.12, 0.2))
        for level in (band, 0.78):
            canvas.rectangle(x, base - height * (1 - level), width - 3, 12, colour.lighter(0.5))
        x += width + rng.choice((0, 0, 0, 6))


def _shelf_plant(canvas: Canvas, x: float, base: float, size: float, palette: Palette) -> None:
    plant(canvas, x, base, 0.78 * size, palette.haze)


def _globe(canvas: Canvas, x: float, base: float, size: float, palette: Palette) -> None:
    canvas.rectangle(x - 56 * size, base - 16 * size, 112 * size, 16 * size, WOOD, 8)
    canvas.rectangle(x - 8 * size, base - 50 * size, 16 * size, 40 * size, WOOD)
    canvas.arc(x, base - 122 * size, 94 * size, 10 * size, WOOD.lighter(0.3), 60, 300)
    canvas.circle(x, base - 122 * size, 76 * size, GLASS)
    for dx, dy, across, up in ((-24, -26, 34, 24), (28, 8, 26, 36), (-30, 34, 20, 16)):
        canvas.ellipse(x + dx * size, base + (dy - 122) * size, across * size, up * size, palette.ground.darker(0.15))


def _trophy_gear(canvas: Canvas, x: float, base: float, size: float, palette: Palette) -> None:
    centre = x, base - 122 * size
    canvas.rectangle(x - 66 * size, base - 34 * size, 132 * size, 34 * size, palette.dark.lighter(0.2), 8)
    for tooth in range(10):
        canvas.line([centre, polar(centre, 92 * size, tooth * 36)], STEEL.lighter(0.3), 28 * size)
    canvas.circle(*centre, 76 * size, STEEL.lighter(0.3))
    canvas.circle(*centre, 50 * size, STEEL)
    canvas.circle(*centre, 22 * size, palette.dark.lighter(0.2))


def _small_robot(canvas: Canvas, x: float, base: float, size: float, palette: Palette) -> None:
    canvas.rectangle(x - 50 * size, base - 20 * size, 36 * size, 20 * size, palette.dark, 6)
    canvas.rectangle(x + 14 * size, base - 20 * size, 36 * size, 20 * size, palette.dark, 6)
    canvas.rectangle(x - 60 * size, base - 110 * size, 120 * size, 92 * size, palette.haze, 18 * size)
    canvas.circle(x, base - 64 * size, 20 * size, palette.accent)
    canvas.rectangle(x - 48 * size, base - 194 * size, 96 * size, 76 * size, palette.haze, 24 * size)
    for eye in (-20, 20):
        canvas.circle(x + eye * size, base - 156 * size, 11 * size, palette.dark)
    canvas.line([(x, base - 194 * size), (x, base - 220 * size)], palette.haze, 6 * size)
    canvas.circle(x, base - 224 * size, 10 * size, palette.accent)


_SHELF_EXTRAS = {
    "een plant": _shelf_plant,
    "een wereldbol": _globe,
    "een tandwiel": _trophy_gear,
    "een robotje": _small_robot,
}
