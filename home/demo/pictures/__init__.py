"""Pictures for the demo content, drawn by code: flat illustrations from technical education.

The same motif and seed always give the same picture and the same alt text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from zlib import crc32

from PIL import Image

from . import buildings, classroom, electronics, energy, networks, people, robots, vehicles, workshop
from .canvas import HEIGHT, WIDTH, Canvas
from .palettes import PALETTES, Palette

Painter = Callable[[Canvas, Random, Palette], str]


@dataclass(frozen=True)
class Motif:
    paint: Painter  # draws on the canvas and returns the alt text of what it drew
    mirrors: bool = True  # False where left and right mean something, as in a play button


MOTIFS: dict[str, Motif] = {
    "tandwielen": Motif(workshop.gears),
    "werkbank": Motif(workshop.workbench),
    "printplaat": Motif(electronics.circuit_board),
    "printer": Motif(electronics.printer),
    "robotarm": Motif(robots.robot_arm),
    "zorgrobot": Motif(robots.care_robot),
    "drone": Motif(robots.drone),
    "hefbrug": Motif(vehicles.car_lift),
    "techbus": Motif(vehicles.van),
    "foodtruck": Motif(vehicles.food_truck),
    "windmolens": Motif(energy.wind_turbines),
    "zonnepanelen": Motif(energy.solar_roof),
    "kraan": Motif(buildings.crane),
    "kas": Motif(buildings.greenhouse),
    "schoolgebouw": Motif(buildings.school),
    "laboratorium": Motif(classroom.laboratory),
    "boekenplank": Motif(classroom.bookshelf),
    "zaal": Motif(people.hall),
    "gesprek": Motif(people.conversation),
    "webinar": Motif(people.webinar, mirrors=False),
    "netwerk": Motif(networks.network),
    "bollen-wol": Motif(networks.yarn),
}


def draw(motif: str, seed: int, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    canvas, _ = _painted(motif, seed, size)
    return canvas.finished()


def alt_text(motif: str, seed: int) -> str:
    # The sentence comes from the code that draws, so the two always agree; a tiny drawing is quick.
    _, sentence = _painted(motif, seed, (160, 102))
    return sentence


def _painted(motif: str, seed: int, size: tuple[int, int]) -> tuple[Canvas, str]:
    # Not a random palette: neighbouring seeds of a motif then never look alike.
    palette = PALETTES[(crc32(motif.encode()) + seed) % len(PALETTES)]
    rng = Random(f"{motif} {seed}")
    mirrored = rng.random() < 0.5
    canvas = Canvas(size, mirrored and MOTIFS[motif].mirrors)
    return canvas, MOTIFS[motif].paint(canvas, rng, palette)
