"""The colours of the pictures. Each knows its Dutch name, so that an alt text can say what was drawn."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Colour:
    rgb: tuple[int, int, int]
    name: str  # "blauw": on its own or before a het-word
    inflected: str  # "blauwe": before a de-word or a plural
    opacity: float = 1.0

    def mixed(self, other: "Colour", share: float) -> "Colour":
        """This colour with `share` (0 to 1) of the other one stirred in; it keeps its own name."""
        pairs = zip(self.rgb, other.rgb, strict=True)
        red, green, blue = (round(mine + (theirs - mine) * share) for mine, theirs in pairs)
        return replace(self, rgb=(red, green, blue))

    def lighter(self, share: float) -> "Colour":
        return self.mixed(WHITE, share)

    def darker(self, share: float) -> "Colour":
        return self.mixed(BLACK, share)

    def faded(self, opacity: float) -> "Colour":
        return replace(self, opacity=opacity)


def _colour(code: str, name: str, inflected: str | None = None) -> Colour:
    """From a hex code; leave out the inflected form for words that never change, such as oranje."""
    red, green, blue = bytes.fromhex(code)
    return Colour((red, green, blue), name, inflected or name)


BLACK = _colour("000000", "zwart", "zwarte")
WHITE = _colour("ffffff", "wit", "witte")

# Materials look the same in every palette.
STEEL = _colour("a9b5c0", "grijs", "grijze")
RUBBER = _colour("2f343b", "zwart", "zwarte")
WOOD = _colour("cf9f6b", "houtkleurig", "houtkleurige")
LEAF = _colour("5f9f63", "groen", "groene")
GLASS = _colour("b9dcea", "lichtblauw", "lichtblauwe")
SUN = _colour("f8d384", "geel", "gele")
SOLAR_CELL = _colour("24406b", "donkerblauw", "donkerblauwe")
SKINS = tuple(_colour(code, "huidkleurig", "huidkleurige") for code in ("f0c8a4", "c98d63", "8a5a3c", "e3b18a"))
HAIRS = tuple(_colour(code, "donker", "donkere") for code in ("3a2b26", "6b4630", "b9823f", "20222b"))


@dataclass(frozen=True)
class Palette:
    sky: Colour  # top of the background, and the name of the whole background
    haze: Colour  # bottom of the background
    ground: Colour  # hills, floors, land
    dark: Colour  # outlines, shadows, the night
    main: Colour
    second: Colour
    accent: Colour

    @property
    def bright(self) -> tuple[Colour, Colour, Colour]:
        """The three colours that carry the picture, strongest first."""
        return self.main, self.second, self.accent


_BLUE_INK = _colour("1f3550", "donkerblauw", "donkerblauwe")
_GREEN_INK = _colour("203c3c", "donkergroen", "donkergroene")
_BROWN_INK = _colour("453236", "donkerbruin", "donkerbruine")
_PURPLE_INK = _colour("33294f", "donkerpaars", "donkerpaarse")

PALETTES = (
    Palette(
        sky=_colour("c9e1f2", "lichtblauw", "lichtblauwe"),
        haze=_colour("f4f8f5", "wit", "witte"),
        ground=_colour("b5d0ac", "groen", "groene"),
        dark=_BLUE_INK,
        main=_colour("2f6da8", "blauw", "blauwe"),
        second=_colour("e4685a", "koraalrood", "koraalrode"),
        accent=_colour("f0b541", "geel", "gele"),
    ),
    Palette(
        sky=_colour("c6e8de", "mintgroen", "mintgroene"),
        haze=_colour("f7f6ea", "wit", "witte"),
        ground=_colour("a9cfa8", "groen", "groene"),
        dark=_GREEN_INK,
        main=_colour("2c4a73", "donkerblauw", "donkerblauwe"),
        second=_colour("2e9478", "smaragdgroen", "smaragdgroene"),
        accent=_colour("f2914a", "oranje"),
    ),
    Palette(
        sky=_colour("f3dfc4", "zandkleurig", "zandkleurige"),
        haze=_colour("fdf7ec", "wit", "witte"),
        ground=_colour("d9c193", "zandkleurig", "zandkleurige"),
        dark=_BROWN_INK,
        main=_colour("c65f41", "terracotta"),
        second=_colour("3a9199", "turquoise"),
        accent=_colour("f3c04f", "geel", "gele"),
    ),
    Palette(
        sky=_colour("dad4f0", "lila"),
        haze=_colour("f9f4f8", "wit", "witte"),
        ground=_colour("b4b9d8", "lila"),
        dark=_PURPLE_INK,
        main=_colour("6b559f", "paars", "paarse"),
        second=_colour("e27fa0", "roze"),
        accent=_colour("f4c556", "geel", "gele"),
    ),
    Palette(
        sky=_colour("d0dce6", "grijsblauw", "grijsblauwe"),
        haze=_colour("f6f4ee", "wit", "witte"),
        ground=_colour("bccab0", "groen", "groene"),
        dark=_BLUE_INK,
        main=_colour("28527a", "donkerblauw", "donkerblauwe"),
        second=_colour("d99a2b", "okergeel", "okergele"),
        accent=_colour("d8574b", "rood", "rode"),
    ),
    Palette(
        sky=_colour("fad9c4", "perzikkleurig", "perzikkleurige"),
        haze=_colour("fff5ea", "wit", "witte"),
        ground=_colour("c5d0a0", "groen", "groene"),
        dark=_GREEN_INK,
        main=_colour("33695c", "donkergroen", "donkergroene"),
        second=_colour("ee8550", "oranje"),
        accent=_colour("4f8fc0", "blauw", "blauwe"),
    ),
    Palette(
        sky=_colour("f7e9b8", "lichtgeel", "lichtgele"),
        haze=_colour("fefbf0", "wit", "witte"),
        ground=_colour("bfd49b", "groen", "groene"),
        dark=_BLUE_INK,
        main=_colour("1f6f86", "petrolblauw", "petrolblauwe"),
        second=_colour("dd5a4c", "rood", "rode"),
        accent=_colour("7bb35b", "groen", "groene"),
    ),
    Palette(
        sky=_colour("f5d5dc", "lichtroze"),
        haze=_colour("fdf4f1", "wit", "witte"),
        ground=_colour("dcc3b4", "zandkleurig", "zandkleurige"),
        dark=_PURPLE_INK,
        main=_colour("a63d5c", "wijnrood", "wijnrode"),
        second=_colour("3f7cae", "blauw", "blauwe"),
        accent=_colour("f4a65b", "oranje"),
    ),
    Palette(
        sky=_colour("c2e4e8", "zeegroen", "zeegroene"),
        haze=_colour("f3f9f4", "wit", "witte"),
        ground=_colour("a3cfba", "zeegroen", "zeegroene"),
        dark=_BLUE_INK,
        main=_colour("1f8f98", "turquoise"),
        second=_colour("6a5a9c", "paars", "paarse"),
        accent=_colour("f6c453", "geel", "gele"),
    ),
    Palette(
        sky=_colour("d8e4ca", "lichtgroen", "lichtgroene"),
        haze=_colour("f8f7ea", "wit", "witte"),
        ground=_colour("b3c692", "groen", "groene"),
        dark=_GREEN_INK,
        main=_colour("64853a", "olijfgroen", "olijfgroene"),
        second=_colour("c8694a", "terracotta"),
        accent=_colour("4b89b5", "blauw", "blauwe"),
    ),
)
