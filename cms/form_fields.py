"""Fields for text that strangers type."""

from django import forms

from .plain_text import without_control_characters


class OneLineField(forms.CharField):
    """Text that goes into mails and lists: no line breaks or other control characters."""

    def to_python(self, value):
        return without_control_characters(" ".join(super().to_python(value).split()))


class LinesField(forms.CharField):
    """As ``OneLineField``, with the line breaks that were typed."""

    def to_python(self, value):
        return without_control_characters(super().to_python(value))


class AddressField(forms.EmailField):
    """An e-mail address; between quotes Django takes control characters too."""

    def to_python(self, value):
        return without_control_characters(super().to_python(value))
