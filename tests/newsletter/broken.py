"""The settings of a program whose connections fail as no mail server's do."""

from django.core.mail.backends.base import BaseEmailBackend

from cms import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})
EMAIL_BACKEND = f"{__name__}.Broken"


class Broken(BaseEmailBackend):
    def open(self):
        raise RuntimeError
