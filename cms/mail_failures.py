"""What it means for a mail that sending it failed: told by the exceptions of ``smtplib``, which are all ``OSError``."""

import smtplib

PERMANENT = range(500, 600)
MOST_WORDS = 300


def reason_of(error: Exception) -> str:
    """In the words of the mail server, if it said something."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _in_words(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _in_words(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"[:MOST_WORDS]


def is_refused_for_good(error: Exception) -> bool:
    """The address is wrong. What is wrong with us may be mended before the last attempt."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code in PERMANENT for code, _said in error.recipients.values())


def is_interrupted(error: Exception) -> bool:
    """The connection broke: the server may have taken the mail all the same."""
    answered = smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException
    return isinstance(error, OSError) and not isinstance(error, answered)


def is_of_the_server(error: Exception) -> bool:
    """The next mail would meet it too: it is neither the address nor the mail."""
    return isinstance(error, OSError) and not isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)


def _in_words(code: int, said: bytes | str) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {words}"[:MOST_WORDS]
