"""Motifs with vehicles: on a lift and in the street."""

from random import Random

from .canvas import WIDTH, Canvas
from .geometry import Point, bezier, polar
from .palettes import GLASS, LEAF, RUBBER, SOLAR_CELL, STEEL, WHITE, WOOD, Colour, Palette
from .scenery import indoors, lamp, street, tree
from .wording import sentence


def car_lift(canvas: Canvas, rng: Random, palette: Palette) -> str:
    indoors(canvas, rng, palette, 850)
    _garage_door(canvas, palette)
    for x in (500, 1100):
        lamp(canvas, x, rng.randint(40, 70), palette.second)
    canvas.glow(800, 930, 700, 40, palette.dark.faded(0.35))
    lift = palette.accent
    for x in (230, 1290):
        canvas.rectangle(x, 130, 80, 800, lift, 10)
        canvas.rectangle(x + 30, 160, 20, 740, lift.darker(0.25), 8)
        canvas.rectangle(x - 50, 905, 180, 36, palette.dark.lighter(0.3), 8)
    height = rng.choice((480, 550, 620))
    for x in (250, 1130):
        canvas.rectangle(x, height + 8, 220, 30, palette.dark.lighter(0.25), 8)
    wagon = rng.random() < 0.5
    _car(canvas, 380, height, palette.main, wagon)
    _tool_trolley(canvas, rng.choice((560, 920)), 930, palette.second)
    kind = "stationwagen" if wagon else "auto"
    return sentence(
        f"een {palette.main.inflected} {kind} hangt op een {lift.inflected} hefbrug in de garage, met een "
        f"{palette.second.inflected} gereedschapswagen eronder"
    )


def _garage_door(canvas: Canvas, palette: Palette) -> None:
    shutter = palette.haze.mixed(palette.dark, 0.1)
    canvas.rectangle(400, 190, 800, 646, shutter.darker(0.12), 10)
    for slat in range(12):
        canvas.rectangle(416, 206 + slat * 52, 768, 44, shutter.lighter(0.1 if slat == 2 else 0.35))


def _car(canvas: Canvas, x: float, y: float, colour: Colour, wagon: bool) -> None:
    """A car of 840 wide; y is the lower edge of its body."""
    tail = 40 if wagon else 130
    roof = bezier((x + tail, y - 120), (x + tail + 60, y - 290), (x + 200, y - 270), (x + 400, y - 270))
    bonnet = bezier((x + 400, y - 270), (x + 530, y - 270), (x + 560, y - 200), (x + 640, y - 130))
    canvas.polygon([*roof, *bonnet], colour.darker(0.08))
    glass = GLASS.lighter(0.2)
    front = [(x + 410, y - 245), (x + 490, y - 238), (x + 590, y - 140), (x + 410, y - 140)]
    rear = [(x + 380, y - 245), (x + tail + 120, y - 242), (x + tail + 60, y - 140), (x + 380, y - 140)]
    for window in (front, rear):
        canvas.polygon(window, glass)
    canvas.rectangle(x, y - 150, 840, 160, colour, 66)
    canvas.rectangle(x + 20, y - 60, 800, 70, colour.darker(0.16), 34)
    canvas.line([(x + 395, y - 140), (x + 395, y - 20)], colour.darker(0.25), 5)
    canvas.rectangle(x + 300, y - 115, 60, 14, colour.darker(0.3), 7)
    canvas.ellipse(x + 815, y - 100, 26, 22, WHITE.mixed(colour, 0.1))
    canvas.rectangle(x + 2, y - 118, 26, 46, colour.darker(0.4), 10)
    for axle in (x + 185, x + 655):
        canvas.pie(axle, y + 9, 104, 180, 360, colour.darker(0.45))
        _wheel(canvas, axle, y + 22, 84)


def _tool_trolley(canvas: Canvas, x: float, base: float, colour: Colour) -> None:
    for side in (-70, 70):
        canvas.circle(x + side, base - 14, 16, RUBBER)
    canvas.rectangle(x - 100, base - 200, 200, 180, colour, 12)
    for drawer in range(4):
        canvas.rectangle(x - 84, base - 186 + drawer * 40, 168, 30, colour.lighter(0.16), 6)
        canvas.rectangle(x - 30, base - 174 + drawer * 40, 60, 7, WHITE, 3)
    canvas.rectangle(x - 108, base - 212, 216, 20, colour.darker(0.2), 8)


def van(canvas: Canvas, rng: Random, palette: Palette) -> str:
    street(canvas, rng, palette, 800)
    tree(canvas, rng, rng.randint(70, 140), 770, 1.2)
    _charger(canvas, 1430, 790, palette)
    canvas.glow(760, 905, 620, 34, palette.dark.darker(0.4).faded(0.6))
    _van_body(canvas, palette)
    _van_emblem(canvas, rng, (440, 530), palette)
    if rng.random() < 0.5:
        canvas.rectangle(330, 296, 520, 34, SOLAR_CELL, 6)
        roof = "zonnepanelen"
    else:
        _ladder(canvas, 310, 270, 660)
        roof = "een ladder"
    return sentence(
        f"een {palette.main.inflected} elektrische techbus met een {palette.accent.inflected} streep en "
        f"{roof} op het dak staat in een straat bij een laadpaal"
    )


def _van_body(canvas: Canvas, palette: Palette) -> None:
    body = palette.main
    windscreen = bezier((1080, 330), (1160, 335), (1190, 390), (1290, 600))
    bonnet = bezier((1290, 600), (1345, 620), (1362, 650), (1362, 720))
    canvas.rectangle(210, 330, 960, 540, body, 70)
    canvas.polygon([(1040, 330), *windscreen, *bonnet, (1362, 830), (1040, 830)], body)
    canvas.rectangle(210, 780, 1152, 96, body.darker(0.22), 40)
    canvas.polygon([(985, 395), (1095, 395), (1215, 590), (985, 590)], GLASS.lighter(0.15))
    canvas.polygon([(1050, 395), (1095, 395), (1215, 590), (1170, 590)], GLASS.lighter(0.55))
    for seam in (640, 955):
        canvas.line([(seam, 380), (seam, 780)], body.darker(0.2), 5)
    for handle in (850, 980):
        canvas.rectangle(handle, 640, 60, 14, body.darker(0.35), 7)
    canvas.rectangle(210, 690, 1152, 40, palette.accent)
    canvas.rectangle(1316, 650, 46, 66, WHITE, 18)
    canvas.rectangle(210, 560, 22, 90, palette.second, 6)
    for axle in (430, 1130):
        canvas.pie(axle, 866, 116, 180, 360, body.darker(0.5))
        _wheel(canvas, axle, 868, 92)


def _ladder(canvas: Canvas, x: float, y: float, length: float) -> None:
    for rung in range(8):
        canvas.rectangle(x + 30 + rung * (length - 60) / 7, y + 10, 10, 40, STEEL)
    for rail in (y, y + 42):
        canvas.rectangle(x, rail, length, 14, STEEL, 6)


def _van_emblem(canvas: Canvas, rng: Random, centre: Point, palette: Palette) -> None:
    """A bolt of lightning in a wheel with teeth."""
    canvas.circle(*centre, 112, WHITE)
    turn = rng.randint(0, 29)
    for tooth in range(12):
        canvas.line([centre, polar(centre, 98, turn + tooth * 30)], palette.main, 22)
    canvas.circle(*centre, 82, palette.main)
    canvas.circle(*centre, 64, WHITE)
    shape = ((14, -56), (-32, 8), (-4, 8), (-14, 56), (34, -14), (4, -14))
    canvas.polygon([(centre[0] + x, centre[1] + y) for x, y in shape], palette.accent)


def _charger(canvas: Canvas, x: float, base: float, palette: Palette) -> None:
    cable = bezier((x, base - 200), (x - 30, base + 120), (1400, base + 60), (1340, 640))
    canvas.line(cable, RUBBER, 12)
    canvas.rectangle(x - 44, base - 300, 88, 310, palette.haze, 20)
    canvas.rectangle(x - 44, base - 300, 88, 60, palette.second, 20)
    canvas.rectangle(x - 26, base - 216, 52, 44, palette.dark, 8)
    canvas.circle(x, base - 120, 18, LEAF.lighter(0.2))


def food_truck(canvas: Canvas, rng: Random, palette: Palette) -> str:
    street(canvas, rng, palette, 830)
    _string_lights(canvas, palette)
    canvas.glow(720, 915, 620, 34, palette.dark.darker(0.4).faded(0.6))
    body = palette.main
    canvas.rectangle(1130, 470, 230, 380, body, 50)
    canvas.polygon([(1160, 500), (1270, 500), (1330, 640), (1160, 640)], GLASS.lighter(0.2))
    canvas.rectangle(190, 300, 980, 560, body, 36)
    canvas.rectangle(190, 300, 980, 60, body.lighter(0.25), 30)
    canvas.rectangle(190, 770, 1170, 90, body.darker(0.22), 30)
    canvas.rectangle(300, 450, 640, 230, palette.dark.mixed(palette.accent, 0.25), 8)
    canvas.glow(620, 540, 300, 130, WHITE.faded(0.35))
    _kitchen(canvas, rng, palette)
    canvas.rectangle(270, 676, 700, 30, WOOD, 8)
    _awning(canvas, 270, 400, 700, palette.second)
    canvas.rectangle(1010, 450, 100, 320, body.lighter(0.14), 10)
    canvas.rectangle(1028, 470, 64, 90, GLASS, 6)
    for axle in (400, 1130):
        canvas.pie(axle, 858, 108, 180, 360, body.darker(0.5))
        _wheel(canvas, axle, 872, 84)
    canvas.circle(1340, 740, 24, WHITE)
    if rng.random() < 0.5:
        _parasol(canvas, 1482, 930, palette.accent)
        extra = f"een {palette.accent.inflected} parasol"
    else:
        _menu_board(canvas, 1450, 930, palette)
        extra = "een stoepbord"
    return sentence(
        f"een {body.inflected} foodtruck met een {palette.second.name}-wit gestreepte luifel staat in de "
        f"straat, met {extra} ernaast"
    )


def _kitchen(canvas: Canvas, rng: Random, palette: Palette) -> None:
    """What shows through the hatch: pans, a shelf with cups, food on the counter."""
    canvas.rectangle(330, 560, 250, 12, STEEL)
    for cup in range(rng.randint(3, 5)):
        canvas.rectangle(346 + cup * 46, 520, 32, 40, palette.bright[cup % 3].lighter(0.25), 6)
    for pan in range(rng.randint(2, 3)):
        x = 690 + pan * 90
        canvas.rectangle(x - 4, 500, 8, 60, STEEL)
        canvas.pie(x, 570, 34, 0, 180, STEEL.darker(0.15))
    for dish in range(rng.randint(2, 4)):
        x = 640 + dish * 80
        canvas.pie(x, 660, 32, 180, 360, WOOD.lighter(0.2))
        canvas.rectangle(x - 34, 654, 68, 10, LEAF, 5)
        canvas.rectangle(x - 32, 662, 64, 14, WOOD, 6)


def _awning(canvas: Canvas, x: float, y: float, width: float, colour: Colour) -> None:
    stripe = width / 10
    for index in range(10):
        tone = WHITE if index % 2 else colour
        left = x + index * stripe
        top = x + 40 + (left - x) * (width - 80) / width
        step = stripe * (width - 80) / width
        canvas.polygon([(top, y), (top + step, y), (left + stripe, y + 80), (left, y + 80)], tone)
        canvas.pie(left + stripe / 2, y + 79, stripe / 2, 0, 180, tone.darker(0.08))


def _string_lights(canvas: Canvas, palette: Palette) -> None:
    cord = bezier((0, 120), (500, 300), (1100, 300), (WIDTH, 100))
    canvas.line(cord, palette.dark.lighter(0.3), 5)
    for index, (x, y) in enumerate(cord[2:-1:3]):
        canvas.glow(x, y + 22, 60, 60, WHITE.faded(0.8))
        canvas.circle(x, y + 22, 18, palette.bright[index % 3].lighter(0.2))


def _parasol(canvas: Canvas, x: float, base: float, colour: Colour) -> None:
    canvas.rectangle(x - 8, base - 400, 16, 400, WOOD.darker(0.2))
    canvas.pie(x, base - 340, 125, 180, 360, colour)
    canvas.polygon([(x, base - 465), (x - 48, base - 340), (x + 48, base - 340)], colour.lighter(0.25))
    canvas.rectangle(x - 90, base - 140, 180, 18, WOOD, 8)
    canvas.rectangle(x - 60, base - 10, 120, 16, STEEL.darker(0.3), 8)


def _menu_board(canvas: Canvas, x: float, base: float, palette: Palette) -> None:
    canvas.polygon([(x - 80, base - 260), (x + 80, base - 260), (x + 110, base), (x - 110, base)], WOOD)
    canvas.polygon([(x - 66, base - 244), (x + 66, base - 244), (x + 88, base - 40), (x - 88, base - 40)], palette.dark)
    for line in range(4):
        canvas.rectangle(x - 48, base - 214 + line * 40, (96, 70, 84, 60)[line], 10, WHITE.faded(0.8), 5)


def _wheel(canvas: Canvas, x: float, y: float, radius: float) -> None:
    canvas.circle(x, y, radius, RUBBER)
    canvas.circle(x, y, radius * 0.62, STEEL)
    canvas.circle(x, y, radius * 0.44, STEEL.darker(0.18))
    canvas.circle(x, y, radius * 0.16, STEEL.lighter(0.4))
