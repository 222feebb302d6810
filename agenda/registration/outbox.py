"""Sending the mails that wait."""


def send_due() -> None:
    raise NotImplementedError
