"""What features are asked about regions that know of no feature, and told of them."""

from django.dispatch import Signal

region_closing = Signal()
"""Sent with ``region`` before it is closed; a receiver that raises ``ValidationError`` keeps it open."""

region_merging = Signal()
"""Sent with ``source``, ``target`` and ``with_content`` before the first goes into the second.

A receiver gives the sentences that tell an editor what becomes of what is its own, as a list; one that raises
``ValidationError`` keeps the regions apart.
"""

region_merged = Signal()
"""Sent with the same once the pages have moved, in the transaction of that."""
