"""What an editor sees of the mail while writing it: as it lies in a mailbox, and what is wrong with it."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as respond
from django.utils.translation import gettext_lazy as _

COMPUTER, PHONE, DARK, WITHOUT_PICTURES, TEXT, WEB = "", "telefoon", "donker", "zonder-beeld", "tekst", "site"
PREVIEW_MODES = [
    (COMPUTER, _("Mail op een computer")),
    (PHONE, _("Mail op een telefoon")),
    (DARK, _("Mail in het donker")),
    (WITHOUT_PICTURES, _("Mail zonder afbeeldingen")),
    (TEXT, _("Mail als platte tekst")),
    (WEB, _("Op de site")),
]
WIDTHS = {PHONE: 375}
WIDTH = 700

PREFERS_DARK = "(prefers-color-scheme: dark)"
PICTURE = re.compile(r'(<img [^>]*?)src="[^"]*"')


def preview_of_mail(issue, request: HttpRequest, mode: str) -> HttpResponse:
    """The mail that ``issue`` would be, in any mode but ``WEB``; with its sender, subject and findings above it."""
    from .rendering import render  # needs the models, which need the modes

    rendered = render(issue)
    context = {
        "newsletter": issue.get_parent().specific,
        "rendered": rendered,
        "shows_text": mode == TEXT,
        "html": as_seen(rendered.html, mode),
        "width": WIDTHS.get(mode, WIDTH),
        "is_dark": mode == DARK,
    }
    return respond(request, "newsletter/mail_preview.html", context)


def as_seen(html: str, mode: str) -> str:
    """``html`` for a frame in a page of the admin.

    Dark by the mode only, not by what the screen of the editor is set to; links open beside it.
    """
    html = html.replace(PREFERS_DARK, "all" if mode == DARK else "not all")
    html = html.replace("<head>", '<head><base target="_blank">', 1)
    return PICTURE.sub(r"\1", html) if mode == WITHOUT_PICTURES else html
