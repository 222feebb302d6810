"""Blocks of an issue as its form leaves them behind."""


def block(name, /, **value):
    return name, {"topic": "", "visibility": "both", **value}


def choice(page, **own):
    return {"page": page, "title": "", "summary": "", "image": None, "link_text": "", **own}


def item(page, topic="", visibility="both", **own):
    return block("item", topic=topic, visibility=visibility, **choice(page, **own))


def text(html, title="Een kop", image=None, image_position="above", **value):
    return block("text", title=title, text=html, image=image, image_position=image_position, **value)


def question(page, **value):
    words = {"title": "Vraag van de maand", "link_text": "Meer veelgestelde vragen"}
    return block("question", page=page, **{**words, **value})


def events(*pages, title="Bijeenkomsten"):
    return block("events", title=title, items=[choice(page) for page in pages])


def stories(*pages, title="Inspiratievoorbeelden"):
    return block("stories", title=title, items=[choice(page) for page in pages])


def automatic(kind, total=4, title="Vanzelf"):
    return block("automatic", title=title, kind=kind, total=total)


def series(page, part=None, **own):
    return block("series", part=part, **choice(page, **own))


def button(text, page=None, url="", title="Doe mee", html="", image=None):
    return block("button", title=title, text=html, image=image, button={"text": text, "page": page, "url": url})


def link_to(page, words):
    """A link in rich text as it is stored."""
    return f'<a linktype="page" id="{page.pk}">{words}</a>'
