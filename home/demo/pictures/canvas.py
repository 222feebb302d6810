"""A drawing surface of 1600 by 1020 units that becomes a picture of any size."""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageOps

from .geometry import Point
from .palettes import Colour

WIDTH, HEIGHT = 1600, 1020

# Pillow draws hard edges; drawn twice as large and scaled down they come out smooth.
_SUPERSAMPLING = 2
# So many rows of a gradient share a colour; scaled down, nobody sees it.
_GRADIENT_STEP = 4
# A line up to this width shows no gaps where it bends, and filling those is slow.
_THIN = 8
# Black in the middle, white in the corners; halfway along its sides it has the level of the rim.
_SPOT = Image.radial_gradient("L")
_RIM = 180


def _falloff(level: int) -> float:
    """How strong a glow is where the spot has this level: easing at the centre and at the rim."""
    rest = max(0.0, 1 - level / _RIM)
    return rest * rest * (3 - 2 * rest)


_FALLOFF = tuple(_falloff(level) for level in range(256))


class Canvas:
    """Shapes in canvas units. A picture of another shape than the canvas shows the middle of it."""

    def __init__(self, size: tuple[int, int], mirrored: bool) -> None:
        width, height = size[0] * _SUPERSAMPLING, size[1] * _SUPERSAMPLING
        self._mirrored = mirrored
        self._scale = max(width / WIDTH, height / HEIGHT)
        self._left = (width - WIDTH * self._scale) / 2
        self._top = (height - HEIGHT * self._scale) / 2
        self._image = Image.new("RGB", (width, height))
        self._opaque = ImageDraw.Draw(self._image)
        self._translucent = ImageDraw.Draw(self._image, "RGBA")

    def finished(self) -> Image.Image:
        # Averaging whole blocks of pixels is many times faster than resampling, and as smooth at this scale.
        picture = self._image.reduce(_SUPERSAMPLING)
        return ImageOps.mirror(picture) if self._mirrored else picture

    def rectangle(self, x: float, y: float, width: float, height: float, colour: Colour, radius: float = 0) -> None:
        draw, fill = self._ink(colour)
        draw.rounded_rectangle(self._box(x, y, width, height), self._length(radius) if radius else 0, fill)

    def ellipse(self, x: float, y: float, across: float, up: float, colour: Colour) -> None:
        """Around the centre x, y with these two radii."""
        draw, fill = self._ink(colour)
        draw.ellipse(self._box(x - across, y - up, 2 * across, 2 * up), fill)

    def circle(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.ellipse(x, y, radius, radius, colour)

    def arc(
        self,
        x: float,
        y: float,
        radius: float,
        width: float,
        colour: Colour,
        start: float = 0,
        end: float = 360,
    ) -> None:
        """A curved band that keeps within the radius; a whole ring unless told where to start and end."""
        draw, fill = self._ink(colour)
        box = self._box(x - radius, y - radius, 2 * radius, 2 * radius)
        draw.arc(box, start, end, fill, self._length(width))

    def pie(self, x: float, y: float, radius: float, start: float, end: float, colour: Colour) -> None:
        draw, fill = self._ink(colour)
        draw.pieslice(self._box(x - radius, y - radius, 2 * radius, 2 * radius), start, end, fill)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        draw, fill = self._ink(colour)
        draw.polygon([self._pixel(*point) for point in points], fill)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """For an opaque colour: the pieces of a line overlap where it bends."""
        draw, fill = self._ink(colour)
        joint = "curve" if width > _THIN else None
        draw.line([self._pixel(*point) for point in points], fill, self._length(width), joint)

    def rod(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """A line with round ends."""
        self.line(points, colour, width)
        for x, y in (points[0], points[-1]):
            self.circle(x, y, width / 2, colour)

    def gradient(self, x: float, y: float, width: float, height: float, top: Colour, bottom: Colour) -> None:
        """A rectangle that runs from one colour at its top to another at its bottom."""
        left, upper, right, lower = self._box(x, y, width, height)
        for row in range(upper, lower + 1, _GRADIENT_STEP):
            colour = top.mixed(bottom, (row - upper) / (lower + 1 - upper))
            self._opaque.rectangle((left, row, right, min(row + _GRADIENT_STEP - 1, lower)), colour.rgb)

    def glow(self, x: float, y: float, across: float, up: float, colour: Colour) -> None:
        """A soft spot that fades to nothing: light, or in a dark colour the shadow under a thing."""
        left, upper, right, lower = self._box(x - across, y - up, 2 * across, 2 * up)
        strength = [round(255 * colour.opacity * share) for share in _FALLOFF]
        mask = _SPOT.point(strength).resize((right - left + 1, lower - upper + 1), Image.Resampling.BILINEAR)
        self._image.paste(colour.rgb, (left, upper), mask)

    def _ink(self, colour: Colour) -> tuple[ImageDraw.ImageDraw, tuple[int, ...]]:
        # Blending costs several times as much as plain filling, so only translucent colours pay for it.
        if colour.opacity < 1:
            return self._translucent, (*colour.rgb, round(255 * colour.opacity))
        return self._opaque, colour.rgb

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        # Whole pixels: the last digits of a sine may differ between machines, the picture may not.
        return round(self._left + x * self._scale), round(self._top + y * self._scale)

    def _box(self, x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
        left, upper = self._pixel(x, y)
        right, lower = self._pixel(x + width, y + height)
        return left, upper, max(left, right - 1), max(upper, lower - 1)

    def _length(self, units: float) -> int:
        return max(1, round(units * self._scale))
