"""What others are told about events that the agenda knows nothing of."""

from django.dispatch import Signal

newsletter_wanted = Signal()
"""Sent with ``event`` and ``email`` when somebody who registers ticks the newsletter, in the transaction of that."""
