"""What the pages API says: where the tests find the pages that they look at."""

import json
from pathlib import Path

CONTRACT = json.loads((Path(__file__).parents[1] / "cms" / "openapi.json").read_text())
PAGE_TYPES = sorted(CONTRACT["components"]["schemas"]["Page"]["discriminator"]["mapping"])
RENDERING_LIMIT = 60_000  # milliseconds


class Documents:
    def __init__(self, request, api: str):
        self._request = request
        self._api = api

    def get(self, path: str, **query):
        # The first who asks waits until all of them are rendered.
        response = self._request.get(f"{self._api}/{path}", params=query, timeout=RENDERING_LIMIT)
        assert response.ok, response.text()
        return response.json()

    def pages(self, kind: str, **query) -> list[dict]:
        """The whole documents of the newest pages of a kind, one of each with the most to show first."""
        found = self.get("pages/", type=kind, fields="*", limit=50, **query)["items"]
        return sorted(found, key=lambda page: -len(json.dumps(page)))

    def path(self, kind: str, **query) -> str:
        """Where the site shows the page of a kind that has the most to show."""
        return self.pages(kind, **query)[0]["meta"]["html_path"]

    def path_with_video(self) -> str:
        return next(page["meta"]["html_path"] for page in self.pages("agenda.EventPage") if page["recording"])

    def section(self, kind: str, region: str) -> dict:
        [section] = self.get("pages/", type=kind, region=region)["items"]
        return section

    def empty_region(self) -> str:
        """The path of a region that published nothing."""
        regions = self.get("regions/", limit=200)["items"]
        return next(region["meta"]["html_path"] for region in regions if not any(region["counts"].values()))
