"""The app on the phone of somebody who logs in in two steps."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth


def set_up(user) -> str:
    """Give ``user`` a second factor and recovery codes, as the screen does; gives the secret."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code(secret: str) -> str:
    """What the app shows at this moment."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def wrong_code(secret: str) -> str:
    return f"{(int(code(secret)) + 1) % 1_000_000:06}"


def recovery_codes(user) -> list[str]:
    return user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
