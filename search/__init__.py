"""Search over what the site publishes. Until it has doors of its own, ``?search=`` of the pages API serves."""
