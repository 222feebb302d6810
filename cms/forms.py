"""What a picture has to be before it enters the library."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image as Picture
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

# What WebP and JPEG can hold; anything else fails only when its sizes are made, after the upload.
MODES = {"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"}
MAX_SIDE = 16_000


class ReadableImageField(WagtailImageField):
    """Refuses files that only look like a picture: cut off, or of a kind that no browser shows."""

    default_error_messages = {
        "unreadable": _("Deze afbeelding is beschadigd en kan niet worden gelezen."),
        "unusual": _("Deze afbeelding heeft een ongebruikelijk kleurformaat. Bewaar haar als gewone JPEG of PNG."),
        "long": _("Deze afbeelding is te lang of te breed: hoogstens %(max_side)s pixels."),
    }

    def to_python(self, data):
        try:
            file = super().to_python(data)
            if file is not None:
                self._check(file)
        except (OSError, SyntaxError) as error:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable") from error
        return file

    def _check(self, file) -> None:
        file.seek(0)
        with Picture.open(file) as picture:
            if max(picture.size) > MAX_SIDE:
                raise ValidationError(self.error_messages["long"], code="long", params={"max_side": MAX_SIDE})
            if picture.mode not in MODES:
                raise ValidationError(self.error_messages["unusual"], code="unusual")
            picture.load()
        file.seek(0)


class ImageForm(BaseImageForm):
    # Wagtail's own widget proposes a title from the name of the file.
    file = ReadableImageField(label=_("Bestand"), widget=BaseImageForm.Meta.widgets["file"])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The form with which one describes what was uploaded just now leaves the file out, which Django does only to
        # fields that it makes itself.
        if "file" in (self._meta.exclude or ()):
            del self.fields["file"]
