"""Motifs with electronics: the circuit board and the 3D printer."""

from random import Random

from .canvas import WIDTH, Canvas
from .geometry import Point, bezier
from .palettes import GLASS, STEEL, WOOD, Colour, Palette
from .scenery import backdrop, indoors, plant
from .wording import sentence


def circuit_board(canvas: Canvas, rng: Random, palette: Palette) -> str:
    backdrop(canvas, rng, palette)
    board = palette.main.darker(0.12)
    canvas.rectangle(116, 108, 1400, 880, palette.sky.mixed(palette.dark, 0.14), 36)
    canvas.rectangle(100, 88, 1400, 880, board.darker(0.35), 36)
    canvas.rectangle(100, 70, 1400, 880, board, 36)
    copper = palette.accent.mixed(board, 0.25)
    _traces(canvas, rng, board, copper)
    for x in (150, 1450):
        for y in (120, 900):
            canvas.circle(x, y, 28, copper)
            canvas.circle(x, y, 15, palette.haze)
    places = [(x, y) for x in (300, 1300) for y in (250, 510, 770)] + [
        (640, 190),
        (960, 190),
        (640, 830),
        (960, 830),
    ]
    parts = [_small_chip, _capacitor, _resistor, _light]
    for index, place in enumerate(rng.sample(places, rng.randint(8, 10))):
        parts[index % len(parts)](canvas, place, palette)
    _processor(canvas, rng.choice((130, 150, 170)), palette, copper)
    return sentence(
        f"een {board.inflected} printplaat met een chip in het midden, {palette.accent.inflected} "
        f"printsporen, weerstanden en {palette.second.inflected} lampjes"
    )


def _traces(canvas: Canvas, rng: Random, board: Colour, copper: Colour) -> None:
    """Tracks that leave the chip straight, bend at 45 degrees and end in a soldered hole."""
    for lane in range(-4, 5):
        start, spread = lane * 30, lane * rng.choice((60, 75, 85))
        bend = abs(spread - start)
        for side in (-1, 1):
            length = rng.randint(400, 600)
            sideways = [(0, start), (240, start), (240 + bend, spread), (max(length, 250 + bend), spread)]
            upright = [(start, 0), (start, 220), (start + (spread - start) * 0.5, 220 + bend * 0.5)]
            upright.append((upright[2][0], max(upright[2][1], rng.randint(330, 400))))
            for path in (sideways, upright):
                points = [(800 + side * x, 510 + side * y) for x, y in path]
                canvas.line(points, copper, 8)
                canvas.circle(*points[-1], 15, copper)
                canvas.circle(*points[-1], 7, board.darker(0.4))


def _processor(canvas: Canvas, half: int, palette: Palette, copper: Colour) -> None:
    body = palette.dark
    for pin in range(-4, 5):
        canvas.rectangle(800 - half - 24, 502 + pin * 30, 2 * half + 48, 16, STEEL.lighter(0.4))
        canvas.rectangle(792 + pin * 30, 510 - half - 24, 16, 2 * half + 48, STEEL.lighter(0.4))
    canvas.rectangle(808 - half, 522 - half, 2 * half, 2 * half, body.darker(0.5).faded(0.4), 14)
    canvas.rectangle(800 - half, 510 - half, 2 * half, 2 * half, body, 14)
    inner = half * 0.66
    canvas.rectangle(800 - inner, 510 - inner, 2 * inner, 2 * inner, body.lighter(0.14), 10)
    canvas.circle(800 - inner + 26, 510 - inner + 26, 10, copper)


def _small_chip(canvas: Canvas, place: Point, palette: Palette) -> None:
    x, y = place
    for pin in range(4):
        canvas.rectangle(x - 62 + pin * 36, y - 54, 14, 108, STEEL.lighter(0.4))
    canvas.rectangle(x - 76, y - 38, 152, 76, palette.dark, 8)
    canvas.circle(x - 56, y, 8, palette.dark.lighter(0.35))


def _capacitor(canvas: Canvas, place: Point, palette: Palette) -> None:
    x, y = place
    canvas.circle(x + 8, y + 12, 56, palette.dark.faded(0.35))
    canvas.circle(x, y, 56, STEEL.lighter(0.3))
    canvas.pie(x, y, 56, 120, 240, palette.dark.lighter(0.2))
    canvas.circle(x, y, 40, STEEL.lighter(0.55))
    canvas.line([(x - 20, y), (x + 20, y)], STEEL.darker(0.1), 5)
    canvas.line([(x, y - 20), (x, y + 20)], STEEL.darker(0.1), 5)


def _resistor(canvas: Canvas, place: Point, palette: Palette) -> None:
    x, y = place
    canvas.rod([(x - 100, y), (x + 100, y)], STEEL.lighter(0.3), 8)
    canvas.rectangle(x - 64, y - 24, 128, 48, WOOD.lighter(0.35), 22)
    for band, colour in zip((-36, -8, 20), palette.bright, strict=True):
        canvas.rectangle(x + band, y - 24, 14, 48, colour)


def _light(canvas: Canvas, place: Point, palette: Palette) -> None:
    x, y = place
    canvas.glow(x, y, 130, 130, palette.second.lighter(0.4).faded(0.8))
    canvas.circle(x, y, 36, palette.second)
    canvas.circle(x - 10, y - 12, 12, palette.second.lighter(0.7))


# Half the width of each printed object, from its foot to its top.
_PRINTS = {
    "vaas": (70, 84, 98, 110, 116, 116, 108, 96, 80, 64, 54, 48, 48, 54, 64, 74),
    "schaakpion": (100, 104, 96, 76, 56, 46, 42, 38, 36, 52, 40, 54, 62, 62, 54, 36),
    "piramide": (124, 116, 108, 100, 92, 84, 76, 68, 60, 52, 44, 36, 28, 20, 14, 8),
    "zandloper": (104, 104, 92, 80, 66, 50, 34, 22, 22, 34, 50, 66, 80, 92, 104, 104),
}


def printer(canvas: Canvas, rng: Random, palette: Palette) -> str:
    indoors(canvas, rng, palette, 860)
    canvas.rectangle(0, 850, WIDTH, 170, WOOD.lighter(0.15))
    canvas.rectangle(0, 850, WIDTH, 18, WOOD.lighter(0.4))
    canvas.glow(800, 890, 520, 40, palette.dark.faded(0.4))
    frame, filament = palette.main, palette.second
    canvas.rectangle(470, 130, 660, 750, frame, 40)
    canvas.rectangle(530, 190, 540, 540, frame.darker(0.5), 20)
    canvas.gradient(545, 205, 510, 510, palette.haze, palette.sky)
    thing = rng.choice(list(_PRINTS))
    finished = rng.choice((11, 13, 15, 16))
    for layer, half in enumerate(_PRINTS[thing]):
        y = 662 - layer * 22
        if layer < finished:
            canvas.rectangle(800 - half, y, 2 * half, 22, filament.darker(0.12 * (layer % 2)), 11)
        else:
            canvas.rectangle(800 - half, y, 2 * half, 20, filament.faded(0.3))
    canvas.rectangle(580, 684, 440, 24, palette.dark.lighter(0.2), 6)
    _print_head(canvas, 800 + rng.randint(-20, 20), 684 - finished * 22, palette)
    canvas.rectangle(600, 775, 150, 70, palette.dark, 10)
    for line in range(3):
        canvas.rectangle(615, 790 + line * 16, (110, 80, 95)[line], 7, GLASS, 3)
    canvas.circle(990, 810, 34, palette.accent)
    canvas.circle(990, 810, 14, palette.accent.darker(0.25))
    _spool(canvas, rng.choice((1300, 1330)), filament, palette)
    plant(canvas, 260, 880, 0.9, palette.accent)
    return sentence(
        f"een {frame.inflected} 3D-printer bouwt laag voor laag een {filament.inflected} {thing}, met een "
        f"spoel draad en een plant ernaast"
    )


def _print_head(canvas: Canvas, x: float, tip: float, palette: Palette) -> None:
    for rail in (575, 1005):
        canvas.rectangle(rail, 205, 20, 510, STEEL)
    canvas.rectangle(560, tip - 90, 480, 22, STEEL.darker(0.2), 8)
    canvas.rectangle(x - 50, tip - 125, 100, 90, palette.dark.lighter(0.15), 12)
    canvas.circle(x, tip - 80, 26, palette.accent)
    canvas.polygon([(x - 26, tip - 35), (x + 26, tip - 35), (x + 7, tip), (x - 7, tip)], WOOD.darker(0.1))


def _spool(canvas: Canvas, x: float, filament: Colour, palette: Palette) -> None:
    thread = bezier((x, 620), (x - 100, 40), (900, 10), (850, 150))
    canvas.line(thread, filament, 7)
    canvas.glow(x, 885, 190, 26, palette.dark.faded(0.4))
    canvas.polygon([(x - 90, 880), (x + 90, 880), (x + 20, 720), (x - 20, 720)], palette.dark.lighter(0.2))
    canvas.circle(x, 720, 140, palette.haze.mixed(palette.dark, 0.2))
    canvas.circle(x, 720, 118, filament)
    for ring in (104, 88, 72):
        canvas.arc(x, 720, ring, 4, filament.darker(0.2))
    canvas.circle(x, 720, 52, palette.haze.mixed(palette.dark, 0.2))
    canvas.circle(x, 720, 18, palette.dark)
