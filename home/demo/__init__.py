"""A filled site to look around in: real regions, drawn pictures, texts written for the demo."""

PASSWORD = "demo-techniek"
"""Of all accounts of the demo."""
