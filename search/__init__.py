"""Search over what the site publishes: query and facets. Until it has doors of its own, ``?search=`` of the pages API serves."""
