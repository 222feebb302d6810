"""Motifs with robots: at work, at somebody's side and in the air."""

from random import Random

from .canvas import HEIGHT, WIDTH, Canvas
from .geometry import Point, bezier, polar
from .palettes import GLASS, LEAF, RUBBER, SKINS, SOLAR_CELL, STEEL, WHITE, WOOD, Colour, Palette
from .scenery import indoors, lamp, outdoors, tree
from .wording import number, sentence

# Directions of the upper and the lower half of the robot arm.
_ARM_POSES = ((-104, -10), (-84, 6), (-68, 26), (-116, -24))


def robot_arm(canvas: Canvas, rng: Random, palette: Palette) -> str:
    indoors(canvas, rng, palette, 830)
    colour = palette.main
    parcels = rng.randint(2, 4)
    for lamp_x in (980, 1330):
        lamp(canvas, lamp_x, rng.randint(60, 160), palette.second)
    _conveyor(canvas, palette)
    for parcel in range(parcels):
        _box(canvas, 1510 - parcel * 160, 690, rng.choice((100, 120, 140)), palette.second)
    upper, lower = rng.choice(_ARM_POSES)
    shoulder = (490, 620)
    elbow = polar(shoulder, 310, upper)
    wrist = polar(elbow, 300, lower)
    canvas.glow(490, 905, 330, 40, palette.dark.faded(0.4))
    canvas.rectangle(310, 840, 360, 60, palette.dark.lighter(0.25), 14)
    canvas.polygon([(380, 850), (600, 850), (560, 620), (420, 620)], colour.darker(0.2))
    _gripper(canvas, wrist, palette)
    for start, end, width in ((shoulder, elbow, 96), (elbow, wrist, 76)):
        canvas.rod([start, end], colour, width)
        canvas.line([start, end], colour.lighter(0.2), width * 0.25)
    for (x, y), radius in ((shoulder, 78), (elbow, 62), (wrist, 46)):
        canvas.circle(x, y, radius, palette.dark.lighter(0.2))
        canvas.circle(x, y, radius * 0.62, STEEL)
        canvas.circle(x, y, radius * 0.25, palette.dark.lighter(0.2))
    return sentence(
        f"een {colour.inflected} robotarm houdt een {palette.accent.inflected} doos vast bij een lopende "
        f"band met {number(parcels)} {palette.second.inflected} dozen"
    )


def _conveyor(canvas: Canvas, palette: Palette) -> None:
    canvas.glow(1220, 915, 480, 34, palette.dark.faded(0.35))
    for leg in (880, 1160, 1440):
        canvas.rectangle(leg, 740, 34, 170, STEEL.darker(0.25))
    canvas.rectangle(790, 690, 900, 84, palette.dark.lighter(0.15), 42)
    for roller in range(832, WIDTH, 82):
        canvas.circle(roller, 732, 28, STEEL)
        canvas.circle(roller, 732, 10, STEEL.darker(0.4))


def _gripper(canvas: Canvas, wrist: Point, palette: Palette) -> None:
    x, y = wrist
    canvas.rectangle(x - 20, y, 40, 90, STEEL.darker(0.2))
    canvas.rectangle(x - 80, y + 80, 160, 34, palette.dark.lighter(0.2), 12)
    _box(canvas, x, y + 210, 110, palette.accent)
    for left in (x - 80, x + 56):
        canvas.rectangle(left, y + 90, 24, 100, STEEL, 8)


def care_robot(canvas: Canvas, rng: Random, palette: Palette) -> str:
    indoors(canvas, rng, palette, 830)
    _window(canvas, palette)
    _armchair(canvas, rng, palette)
    _robot_body(canvas, 560, palette)
    _robot_head(canvas, 560, palette)
    gift = rng.choice(list(_GIFTS))
    canvas.rectangle(770, 630, 240, 20, WOOD.darker(0.1), 10)
    _GIFTS[gift](canvas, 890, 630, palette)
    return sentence(
        f"een {palette.main.inflected} zorgrobot brengt {gift} naar iemand in een {palette.second.inflected} "
        f"stoel bij het raam"
    )


def _window(canvas: Canvas, palette: Palette) -> None:
    canvas.rectangle(780, 90, 560, 400, WHITE, 14)
    canvas.gradient(800, 110, 520, 360, palette.sky.darker(0.06), palette.haze)
    canvas.pie(930, 470, 130, 180, 360, palette.ground)
    canvas.pie(1150, 470, 170, 180, 360, palette.ground.darker(0.1))
    canvas.rectangle(1052, 100, 16, 380, WHITE)
    canvas.rectangle(760, 480, 600, 24, palette.haze.mixed(palette.dark, 0.12), 8)


def _armchair(canvas: Canvas, rng: Random, palette: Palette) -> None:
    chair, clothes, skin = palette.second, palette.accent, rng.choice(SKINS)
    canvas.glow(1240, 930, 300, 34, palette.dark.faded(0.4))
    canvas.rectangle(1250, 420, 200, 460, chair.darker(0.14), 80)
    canvas.rectangle(1080, 700, 350, 190, chair, 50)
    canvas.rectangle(1190, 530, 170, 260, clothes, 80)
    canvas.rod([(1250, 760), (1080, 760), (1070, 900)], palette.dark.lighter(0.3), 76)
    canvas.rectangle(1010, 890, 110, 46, palette.dark, 22)
    canvas.rod([(1270, 610), (1190, 700), (1090, 690)], clothes.darker(0.15), 52)
    canvas.circle(1075, 688, 28, skin)
    canvas.circle(1268, 460, 72, skin)
    canvas.pie(1274, 452, 78, 190, 385, STEEL.lighter(0.45))
    canvas.circle(1334, 430, 34, STEEL.lighter(0.45))
    canvas.rectangle(1170, 770, 280, 70, chair.lighter(0.12), 34)


def _robot_body(canvas: Canvas, x: float, palette: Palette) -> None:
    canvas.glow(x, 935, 250, 34, palette.dark.faded(0.4))
    canvas.rectangle(x - 150, 850, 300, 80, palette.dark.lighter(0.2), 36)
    canvas.polygon([(x - 120, 480), (x + 120, 480), (x + 150, 870), (x - 150, 870)], palette.main)
    canvas.rectangle(x - 120, 440, 240, 120, palette.main, 60)
    canvas.rectangle(x - 76, 580, 152, 130, palette.main.lighter(0.25), 24)
    _heart(canvas, x, 646, palette.accent)
    for shoulder, elbow in (((x - 110, 530), (x - 30, 745)), ((x + 110, 530), (x + 180, 720))):
        canvas.rod([shoulder, elbow, (x + 250, 660)], palette.main.darker(0.18), 44)
    canvas.circle(x + 255, 658, 34, palette.dark.lighter(0.2))


def _robot_head(canvas: Canvas, x: float, palette: Palette) -> None:
    canvas.rectangle(x - 24, 390, 48, 70, palette.dark.lighter(0.2))
    canvas.rectangle(x - 150, 180, 300, 230, palette.main.lighter(0.12), 90)
    canvas.rectangle(x - 112, 215, 224, 160, palette.dark, 60)
    for eye in (x - 46, x + 54):
        canvas.ellipse(eye, 280, 17, 24, GLASS)
    canvas.arc(x + 4, 310, 34, 9, GLASS, 20, 160)
    canvas.rod([(x, 185), (x, 120)], palette.dark.lighter(0.2), 12)
    canvas.circle(x, 112, 24, palette.accent)


def _heart(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    for side in (-20, 20):
        canvas.circle(x + side, y - 14, 25, colour)
    canvas.polygon([(x - 42, y - 3), (x + 42, y - 3), (x, y + 46)], colour)


def _tea(canvas: Canvas, x: float, base: float, palette: Palette) -> None:
    canvas.arc(x + 48, base - 46, 30, 12, palette.accent.darker(0.15))
    canvas.rectangle(x - 56, base - 86, 104, 86, palette.accent, 22)
    for left in (x - 26, x + 10):
        low, high = (left - 30, base - 135), (left + 30, base - 155)
        canvas.line(bezier((left, base - 105), low, high, (left, base - 185)), palette.sky.darker(0.12), 8)


def _glass_of_water(canvas: Canvas, x: float, base: float, palette: Palette) -> None:
    glass = [(x - 46, base - 130), (x + 46, base - 130), (x + 36, base), (x - 36, base)]
    water = [(x - 40, base - 92), (x + 40, base - 92), (x + 34, base - 6), (x - 34, base - 6)]
    canvas.polygon(glass, WHITE.faded(0.7))
    canvas.polygon(water, SOLAR_CELL.lighter(0.6))


def _flowers(canvas: Canvas, x: float, base: float, palette: Palette) -> None:
    for lean, colour in zip((-50, 0, 50), palette.bright, strict=True):
        canvas.line([(x, base - 60), (x + lean, base - 150)], LEAF, 8)
        canvas.circle(x + lean, base - 165, 32, colour.lighter(0.15))
        canvas.circle(x + lean, base - 165, 12, palette.haze)
    canvas.polygon([(x - 44, base - 90), (x + 44, base - 90), (x + 28, base), (x - 28, base)], GLASS)


_GIFTS = {"een kop thee": _tea, "een glas water": _glass_of_water, "een bos bloemen": _flowers}


def drone(canvas: Canvas, rng: Random, palette: Palette) -> str:
    outdoors(canvas, rng, palette, 780)
    _fields(canvas, palette)
    for x in rng.sample(range(80, 1560, 160), rng.randint(3, 5)):
        tree(canvas, rng, x, rng.randint(790, 830), rng.uniform(0.5, 0.7))
    x, y = rng.randint(740, 860), rng.randint(350, 410)
    size = rng.uniform(1.0, 1.15)
    canvas.glow(x, 925, 330, 34, palette.dark.faded(0.4))
    cargo = rng.random() < 0.5
    for reach, lift, scale in ((300, -110, 0.8), (430, 0, 1.0)):
        for side in (-1, 1):
            _rotor(canvas, (x, y), (x + side * reach * size, y + lift * size), size * scale, palette)
    for side in (-1, 1):
        foot = x + side * 150 * size
        canvas.rod([(x + side * 90 * size, y + 50 * size), (foot, y + 170 * size)], RUBBER, 14)
        canvas.rod([(foot - 60 * size, y + 170 * size), (foot + 60 * size, y + 170 * size)], RUBBER, 14)
    if cargo:
        canvas.line([(x, y + 60 * size), (x, y + 130 * size)], RUBBER, 12)
        _box(canvas, x, y + 250 * size, 170 * size, palette.second)
        load = f"een {palette.second.name} pakket"
    else:
        canvas.rectangle(x - 52 * size, y + 50 * size, 104 * size, 96 * size, palette.second, 22)
        canvas.circle(x, y + 100 * size, 36 * size, RUBBER)
        canvas.circle(x, y + 100 * size, 18 * size, GLASS)
        load = f"een {palette.second.inflected} camera"
    canvas.ellipse(x, y + 10 * size, 190 * size, 66 * size, palette.main.darker(0.2))
    canvas.ellipse(x, y - 4 * size, 190 * size, 60 * size, palette.main)
    canvas.ellipse(x, y - 22 * size, 110 * size, 26 * size, palette.main.lighter(0.25))
    return sentence(
        f"een {palette.main.inflected} drone met {load} vliegt boven akkers met bomen, onder een "
        f"{palette.sky.inflected} lucht met wolken"
    )


def _fields(canvas: Canvas, palette: Palette) -> None:
    """Crop rows that run together in the distance."""
    for left in range(-2400, 4000, 400):
        right = left + 150
        far_left, far_right = 720 + left * 0.1, 720 + right * 0.1
        row = [(far_left, 830), (far_right, 830), (right, HEIGHT), (left, HEIGHT)]
        canvas.polygon(row, palette.ground.darker(0.1))


def _rotor(canvas: Canvas, body: Point, hub: Point, size: float, palette: Palette) -> None:
    x, y = hub
    canvas.rod([body, hub], palette.dark.lighter(0.2), 30 * size)
    canvas.rectangle(x - 26 * size, y - 50 * size, 52 * size, 84 * size, palette.dark.lighter(0.1), 14 * size)
    canvas.circle(x, y + 34 * size, 13 * size, palette.accent)
    canvas.ellipse(x, y - 56 * size, 150 * size, 22 * size, palette.dark.faded(0.22))
    canvas.rectangle(x - 140 * size, y - 61 * size, 280 * size, 10 * size, palette.dark.lighter(0.3), 5 * size)


def _box(canvas: Canvas, x: float, base: float, size: float, colour: Colour) -> None:
    """A parcel with a strip of tape, standing on its base."""
    canvas.rectangle(x - size / 2, base - size * 0.8, size, size * 0.8, colour, 6)
    canvas.rectangle(x - size * 0.1, base - size * 0.8, size * 0.2, size * 0.8, colour.lighter(0.35))
    canvas.rectangle(x - size / 2, base - size * 0.12, size, size * 0.12, colour.darker(0.15), 6)
