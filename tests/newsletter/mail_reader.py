"""What a reader meets in the HTML of a mail: its links, headings and pictures, in their order."""

from html.parser import HTMLParser

from newsletter.reading import HEADINGS, Heading, Link, Picture


class MailReader(HTMLParser):
    """``links``, ``headings`` and ``pictures`` of the document."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self.headings: list[Heading] = []
        self.pictures: list[Picture] = []
        self._url = ""
        self._words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "a" or tag in HEADINGS:
            self._words = []
            self._url = attributes.get("href") or ""
        elif tag == "img":
            self.pictures.append(Picture(attributes.get("src") or "", attributes.get("alt") or ""))

    def handle_endtag(self, tag):
        text = " ".join("".join(self._words).split())
        if tag == "a":
            self.links.append(Link(text, self._url))
        elif tag in HEADINGS:
            self.headings.append(Heading(HEADINGS[tag], text))

    def handle_data(self, data):
        self._words.append(data)
