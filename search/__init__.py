"""Search over what the site publishes."""
