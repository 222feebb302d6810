"""What the templates can hold, and what is refused instead of silently lost."""

import pytest

from newsletter.mjml import InvalidMjml, convert


def mjml(content, head=""):
    body = f"<mj-body><mj-section><mj-column>{content}</mj-column></mj-section></mj-body>"
    return f"<mjml><mj-head>{head}</mj-head>{body}</mjml>"


def test_text_becomes_html():
    assert "<b>Vet</b> é" in convert(mjml("<mj-text><b>Vet</b> é</mj-text>")).html


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "geen XML",
        "<html></html>",
        mjml("<mj-text>niet gesloten"),
        mjml("<mj-text><b>kruiselings</mj-text></b>"),
        mjml("<mj-text>&nbsp;</mj-text>"),
        mjml("<mj-tekst>onbekend</mj-tekst>"),
        mjml("<mj-carousel></mj-carousel>"),
        mjml("<p>niet in een blok</p>"),
        mjml("<mj-section></mj-section>"),
        mjml("<mj-text><mj-button>genest</mj-button></mj-text>"),
        mjml("", head="<mj-font name='x' href='https://example.org/x.css' />"),
        '<!DOCTYPE x [<!ENTITY a "b">]><mjml><mj-body>&a;</mj-body></mjml>',
    ],
)
def test_what_is_wrong_is_an_error(wrong):
    with pytest.raises(InvalidMjml):
        convert(wrong)


def test_no_font_is_fetched():
    assert "googleapis" not in convert(mjml('<mj-text font-family="Roboto">x</mj-text>')).html
