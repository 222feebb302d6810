"""Which passwords are too common."""

from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator

DUTCH = Path(__file__).resolve().parent.parent / "data" / "common_passwords_nl.txt"


class CommonOrDutchPasswordValidator(CommonPasswordValidator):
    """Django's list is English, and has few of the length that is asked for; ours comes with it."""

    def __init__(self):
        super().__init__()
        self.passwords = self.passwords | set(DUTCH.read_text().split())
