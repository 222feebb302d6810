"""Motifs with people: in a hall, round a table and on a screen."""

from random import Random

from .canvas import WIDTH, Canvas
from .geometry import Point
from .palettes import HAIRS, RUBBER, SKINS, STEEL, WHITE, WOOD, Colour, Palette
from .scenery import indoors, lamp, plant
from .wording import number, sentence


def hall(canvas: Canvas, rng: Random, palette: Palette) -> str:
    wall = palette.dark.mixed(palette.main, 0.35)
    canvas.gradient(0, 0, WIDTH, 700, wall.darker(0.25), wall)
    canvas.gradient(0, 690, WIDTH, 330, palette.dark.lighter(0.2), palette.dark)
    canvas.gradient(440, 130, 720, 370, palette.haze, palette.sky)
    _slide(canvas, rng, palette)
    beams = rng.randint(3, 5)
    for beam in range(beams):
        x = 260 + 1080 * beam / (beams - 1)
        target = 800 + (x - 800) * 0.55
        canvas.polygon([(x - 16, 40), (x + 16, 40), (target + 110, 640), (target - 110, 640)], WHITE.faded(0.1))
        canvas.rectangle(x - 30, -10, 60, 60, RUBBER, 14)
        canvas.ellipse(x, 50, 24, 10, palette.accent.lighter(0.5))
    canvas.gradient(140, 610, 1320, 34, WOOD.lighter(0.3), WOOD)
    canvas.rectangle(140, 642, 1320, 62, WOOD.darker(0.35))
    _lectern(canvas, rng.choice((330, 1240)), 618, palette)
    for side in (0, WIDTH):
        _curtain(canvas, side, palette.main)
    rows = rng.choice((3, 4))
    seats = _seat_rows(canvas, rng, rows, palette.second)
    return sentence(
        f"een zaal met {number(rows)} rijen {palette.second.inflected} stoelen ({seats} in totaal) voor een "
        f"podium met {palette.main.inflected} gordijnen en een scherm"
    )


def _slide(canvas: Canvas, rng: Random, palette: Palette) -> None:
    if rng.random() < 0.5:
        for bar, colour in enumerate((*palette.bright, palette.main)):
            height = rng.randint(70, 220)
            canvas.rectangle(560 + bar * 130, 440 - height, 84, height, colour, 8)
    else:
        canvas.circle(640, 310, 110, palette.main)
        canvas.pie(640, 310, 110, -90, rng.choice((30, 90, 140)), palette.accent)
        canvas.circle(640, 310, 52, palette.haze)
        for line in range(4):
            canvas.rectangle(820, 230 + line * 50, rng.randint(140, 260), 18, palette.second, 9)


def _lectern(canvas: Canvas, x: float, base: float, palette: Palette) -> None:
    canvas.polygon([(x - 60, base - 140), (x + 60, base - 140), (x + 44, base), (x - 44, base)], palette.accent)
    canvas.polygon([(x - 76, base - 150), (x + 76, base - 168), (x + 76, base - 140), (x - 76, base - 130)], WOOD)
    canvas.rod([(x + 10, base - 155), (x - 10, base - 215)], RUBBER, 6)
    canvas.circle(x - 12, base - 222, 12, RUBBER)


def _curtain(canvas: Canvas, edge: float, colour: Colour) -> None:
    """Folds that hang from the ceiling and narrow towards the stage, at the left or the right edge."""
    inward = 1 if edge == 0 else -1
    for fold in range(5):
        near, far = edge + inward * fold * 46, edge + inward * (fold + 1) * 46
        tone = colour.darker(0.22 if fold % 2 else 0.08)
        canvas.polygon([(near, 0), (far, 0), (edge + (far - edge) * 0.8, 690), (edge + (near - edge) * 0.8, 690)], tone)


def _seat_rows(canvas: Canvas, rng: Random, rows: int, colour: Colour) -> int:
    """The backs of the chairs, larger and lower row by row; returns how many there are."""
    total = 0
    first = rng.choice((8, 9))
    for row in range(rows):
        size = 0.7 + 0.5 * row / (rows - 1)
        seats = first - row
        y = 715 + 270 * row / (rows - 1) - 40
        for seat in range(seats):
            x = 800 + (seat - (seats - 1) / 2) * 180 * size
            canvas.rectangle(x - 58 * size, y + 100 * size, 116 * size, 46 * size, colour.darker(0.45), 10)
            canvas.rectangle(x - 66 * size, y, 132 * size, 124 * size, colour.darker(0.08 * (rows - row)), 34 * size)
            canvas.rectangle(x - 46 * size, y + 18 * size, 92 * size, 66 * size, colour.lighter(0.12), 22 * size)
        total += seats
    return total


def conversation(canvas: Canvas, rng: Random, palette: Palette) -> str:
    indoors(canvas, rng, palette, 820)
    for x in (420, 1180):
        lamp(canvas, x, rng.randint(20, 60), palette.main)
    plant(canvas, 800, 850, 1.15, palette.accent)
    groups = rng.choice(((2, 2), (2, 3), (3, 2), (3, 3)))
    for middle, people in zip((420, 1180), groups, strict=True):
        _table_talk(canvas, rng, middle, people, palette)
    return sentence(
        f"aan twee tafels praten {number(sum(groups))} abstracte figuren met elkaar, met "
        f"{palette.main.inflected} en {palette.second.inflected} tekstballonnen boven hun hoofd"
    )


def _table_talk(canvas: Canvas, rng: Random, middle: float, people: int, palette: Palette) -> None:
    spread = 340 if people == 2 else 230
    seats = [middle + (seat - (people - 1) / 2) * spread for seat in range(people)]
    shift = rng.randint(0, 2)
    for index, x in enumerate(seats):
        canvas.rectangle(x - 84, 560, 168, 300, palette.dark.lighter(0.45), 40)
        _bust(canvas, rng, x, 720, 1.0, palette.bright[(index + shift) % 3].lighter(0.1))
    for x, colour, height in (
        (seats[0], palette.main, 310),
        (seats[-1], palette.second, rng.choice((240, 365))),
    ):
        inward = 60 if x < middle else -60
        _speech_bubble(canvas, x + inward, height, 0.9, colour, (x + inward * 0.3, 455))
    canvas.glow(middle, 950, 360, 30, palette.dark.faded(0.4))
    for leg in (-230, 196):
        canvas.rectangle(middle + leg, 740, 34, 210, WOOD.darker(0.35), 6)
    canvas.rectangle(middle - 330, 705, 660, 48, WOOD, 20)
    canvas.rectangle(middle - 330, 735, 660, 18, WOOD.darker(0.2), 9)
    for x in seats:
        canvas.arc(x + 58, 676, 18, 8, WHITE)
        canvas.rectangle(x + 10, 654, 48, 54, WHITE, 10)


def _speech_bubble(canvas: Canvas, x: float, y: float, size: float, colour: Colour, tail: Point) -> None:
    """A bubble with three dots, centred on x, y, whose tail points at a speaker."""
    canvas.polygon([(x - 34 * size, y), (x + 34 * size, y), tail], colour)
    canvas.rectangle(x - 120 * size, y - 65 * size, 240 * size, 130 * size, colour, 60 * size)
    for dot in (-55, 0, 55):
        canvas.circle(x + dot * size, y, 15 * size, WHITE)


def webinar(canvas: Canvas, rng: Random, palette: Palette) -> str:
    indoors(canvas, rng, palette, 830)
    canvas.rectangle(0, 830, WIDTH, 190, WOOD.lighter(0.1))
    canvas.rectangle(0, 830, WIDTH, 20, WOOD.lighter(0.4))
    canvas.glow(800, 880, 600, 34, palette.dark.faded(0.4))
    device = rng.choice(list(_SCREEN_FEET))
    _SCREEN_FEET[device](canvas)
    canvas.rectangle(260, 90, 1080, 700, palette.dark, 34)
    screen = palette.main
    canvas.gradient(290, 120, 1020, 610, screen.lighter(0.45), screen.lighter(0.1))
    viewers, viewers_left = rng.randint(3, 4), rng.random() < 0.5
    _bust(canvas, rng, 690 if viewers_left else 490, 654, 1.6, palette.second)
    for viewer in range(viewers):
        height = 508 / viewers
        _viewer(canvas, rng, 310 if viewers_left else 1090, 140 + viewer * height, height - 16, palette)
    _player(canvas, 980 if viewers_left else 800, rng.uniform(0.2, 0.7), palette)
    _cup(canvas, 1500, 920, palette.second)
    plant(canvas, 110, 880, 0.85, palette.accent)
    return sentence(
        f"op een {device} is een webinar te zien: een spreker, een {palette.accent.inflected} afspeelknop en "
        f"{number(viewers)} kleine beelden van deelnemers"
    )


def _monitor_stand(canvas: Canvas) -> None:
    canvas.polygon([(700, 760), (900, 760), (930, 870), (670, 870)], STEEL.darker(0.1))
    canvas.rectangle(580, 862, 440, 24, STEEL.darker(0.2), 12)


def _keyboard(canvas: Canvas) -> None:
    canvas.polygon([(260, 780), (1340, 780), (1440, 870), (160, 870)], STEEL)
    canvas.rectangle(160, 866, 1280, 20, STEEL.darker(0.2), 10)
    canvas.polygon([(680, 830), (920, 830), (935, 862), (665, 862)], STEEL.lighter(0.3))


_SCREEN_FEET = {"computerscherm": _monitor_stand, "laptop": _keyboard}


def _viewer(canvas: Canvas, rng: Random, x: float, y: float, height: float, palette: Palette) -> None:
    tile = rng.choice((palette.sky, palette.haze, palette.ground))
    canvas.rectangle(x, y, 200, height, tile, 14)
    _bust(canvas, rng, x + 100, y + height, height / 310, rng.choice(palette.bright))


def _player(canvas: Canvas, x: float, progress: float, palette: Palette) -> None:
    """A play button, and below the picture a bar that shows how far the film is."""
    canvas.circle(x + 4, 394, 104, palette.dark.faded(0.25))
    canvas.circle(x, 384, 104, palette.accent)
    canvas.polygon([(x - 35, 326), (x - 35, 442), (x + 68, 384)], WHITE)
    canvas.rectangle(290, 650, 1020, 84, palette.dark.lighter(0.1))
    canvas.rectangle(330, 686, 940, 12, WHITE.faded(0.4), 6)
    canvas.rectangle(330, 686, 940 * progress, 12, palette.accent, 6)
    canvas.circle(330 + 940 * progress, 692, 18, WHITE)


def _cup(canvas: Canvas, x: float, base: float, colour: Colour) -> None:
    canvas.glow(x, base, 110, 16, RUBBER.faded(0.4))
    canvas.arc(x + 62, base - 62, 42, 16, colour.darker(0.1))
    canvas.rectangle(x - 66, base - 124, 132, 124, colour, 26)
    canvas.rectangle(x - 66, base - 124, 132, 40, colour)
    canvas.ellipse(x, base - 122, 66, 14, colour.darker(0.35))


def _bust(canvas: Canvas, rng: Random, x: float, base: float, size: float, clothes: Colour) -> None:
    """Head and shoulders of somebody, without a face."""
    skin, hair = rng.choice(SKINS), rng.choice(HAIRS)
    shoulders = base - 150 * size
    head = shoulders - 62 * size
    long_hair = rng.random() < 0.4
    if long_hair:
        canvas.rectangle(x - 58 * size, head - 40 * size, 116 * size, 118 * size, hair, 50 * size)
    canvas.rectangle(x - 20 * size, head + 20 * size, 40 * size, 70 * size, skin.darker(0.12))
    canvas.rectangle(x - 92 * size, shoulders, 184 * size, 150 * size, clothes, 70 * size)
    canvas.rectangle(x - 92 * size, shoulders + 70 * size, 184 * size, 80 * size, clothes)
    canvas.pie(x, shoulders, 30 * size, 0, 180, skin.darker(0.12))
    canvas.circle(x, head, 54 * size, skin)
    canvas.pie(x, head - 4 * size, 58 * size, 180, 360, hair)
    if long_hair:
        canvas.pie(x, head - 4 * size, 58 * size, 150, 190, hair)
