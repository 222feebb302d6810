"""What comes back about newsletters: mails that can't be delivered, and readers who report them as unwanted.

It comes in by a provider's webhook (``providers``) or as a mail (``reports``), is written down once (``inbox``), and
acted upon by the clock (``processing``).
"""
