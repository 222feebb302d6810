"""Rich text as mail clients and plain text can hold it: paragraphs, small headings, lists, bold, italic and links."""

import re
from html import escape
from html.parser import HTMLParser

from cms.addresses import on_site
from cms.plain_text import without_control_characters

KEPT = {"p", "h3", "ul", "ol", "li", "a", "b", "i"}
SYNONYMS = {"strong": "b", "em": "i", "h2": "h3", "h4": "h3"}
WHITE_SPACE = re.compile(r"\s+")
BLANK_LINES = re.compile(r"\n{3,}")


def absolute(url: str) -> str:
    """``url`` as it works in a mail: a path on the site gets its host."""
    return on_site(url) if url.startswith("/") else url


def to_mail_html(html: str) -> str:
    """Clean HTML (see ``cms.richtext``) as well-formed XML; other tags go."""
    return _read(html, _MailWriter())


def to_text(html: str) -> str:
    """Clean HTML as plain text: paragraphs apart, lists with signs, the address behind the words of a link."""
    return _read(html, _TextWriter())


def _read(html: str, writer: "_Writer") -> str:
    writer.feed(html)
    writer.close()
    return writer.result()


class _Writer(HTMLParser):
    """Tells its ``begin`` and ``end`` of the tags that are kept; each that begins also ends, in the right order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag, attrs):
        tag = SYNONYMS.get(tag, tag)
        if tag == "br":
            self.line_break()
        elif tag in KEPT:
            self._open.append(tag)
            self.begin(tag, dict(attrs))

    def handle_endtag(self, tag):
        tag = SYNONYMS.get(tag, tag)
        if tag in self._open:
            while self._end_last() != tag:
                pass

    def close(self):
        super().close()
        while self._open:
            self._end_last()

    def _end_last(self) -> str:
        tag = self._open.pop()
        self.end(tag)
        return tag

    def begin(self, tag: str, attributes: dict[str, str | None]) -> None:
        raise NotImplementedError

    def end(self, tag: str) -> None:
        raise NotImplementedError

    def line_break(self) -> None:
        raise NotImplementedError

    def result(self) -> str:
        return "".join(self.parts)


class _MailWriter(_Writer):
    def begin(self, tag, attributes):
        href = f' href="{escape(absolute(attributes.get("href") or ""))}"' if tag == "a" else ""
        self.parts.append(f"<{tag}{href}>")

    def end(self, tag):
        self.parts.append(f"</{tag}>")

    def line_break(self):
        self.parts.append("<br/>")

    def handle_data(self, data):
        self.parts.append(escape(without_control_characters(data)))


class _TextWriter(_Writer):
    def __init__(self):
        super().__init__()
        self._lists: list[int | None] = []
        """For each list that is open the number of its last item; ``None`` where items have no numbers."""
        self._links: list[tuple[str, int]] = []
        """For each link that is open its address, and how many parts came before its words."""

    def begin(self, tag, attributes):
        if tag in ("p", "h3"):
            self.parts.append("\n\n" if not self._lists else "")
        elif tag in ("ul", "ol"):
            self.parts.append("" if self._lists else "\n")
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.parts.append("\n" + "  " * (len(self._lists) - 1) + self._sign())
        elif tag == "a":
            self._links.append((absolute(attributes.get("href") or ""), len(self.parts)))

    def end(self, tag):
        if tag in ("ul", "ol"):
            self._lists.pop()
            self.parts.append("" if self._lists else "\n\n")
        elif tag == "a":
            url, start = self._links.pop()
            shown = url.removeprefix("mailto:")
            if shown and "".join(self.parts[start:]).strip() != shown:
                self.parts.append(f" ({shown})")

    def _sign(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def line_break(self):
        self.parts.append("\n")

    def handle_data(self, data):
        self.parts.append(WHITE_SPACE.sub(" ", without_control_characters(data)))

    def result(self):
        return BLANK_LINES.sub("\n\n", super().result()).strip()
