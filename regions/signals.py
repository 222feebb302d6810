"""What features are asked about regions that know of no feature."""

from django.dispatch import Signal

region_closing = Signal()
"""Sent with ``region`` before it is closed; a receiver that raises ``ValidationError`` keeps it open."""
