"""The address that a mail comes back to names its delivery, and nobody else can make one."""

import pytest

from newsletter.sending.return_path import address_for, delivery_marked, delivery_of, mark_of


@pytest.fixture(autouse=True)
def _bounce_address(settings):
    settings.NEWSLETTER_BOUNCE_ADDRESS = "Bounces@post.example.org"


@pytest.mark.parametrize("delivery_id", [1, 12, 2**63 - 1])
def test_the_address_names_its_delivery(delivery_id):
    address = address_for(delivery_id)
    name, _at, domain = address.partition("@")
    assert name.startswith(f"Bounces+{delivery_id}-")
    assert domain == "post.example.org"
    assert len(name) <= 64
    assert delivery_of(address) == delivery_id


def test_upper_and_lower_case_and_space_make_no_difference():
    assert delivery_of(f" {address_for(12).upper()}\r\n") == 12


def test_an_address_that_somebody_made_up_names_nothing():
    mine = address_for(12)
    signature = mine.partition("-")[2].partition("@")[0]
    for address in [
        "",
        "bounces@post.example.org",
        "bounces+12@post.example.org",
        "bounces+12-@post.example.org",
        f"bounces+12-{'0' * 16}@post.example.org",
        f"bounces+13-{signature}@post.example.org",
        f"bounces+012-{signature}@post.example.org",
        f"bounces+¹²-{signature}@post.example.org",
        mine.replace("post.", "mail."),
        mine.replace("Bounces", "info"),
        f"a@example.com,{mine}",
    ]:
        assert delivery_of(address) is None, address


def test_another_site_signs_otherwise(settings):
    address = address_for(12)
    settings.SECRET_KEY = "of another site"
    assert delivery_of(address) is None


def test_without_the_setting_there_is_no_address(settings):
    address = address_for(12)
    settings.NEWSLETTER_BOUNCE_ADDRESS = ""
    assert address_for(12) == ""
    assert delivery_of(address) is None
    assert delivery_of("+@") is None


def test_the_mark_alone_names_the_delivery_too():
    mark = mark_of(12)
    assert mark in address_for(12)
    assert delivery_marked(mark) == delivery_marked(mark.upper()) == 12
    assert delivery_marked(mark.replace("12-", "13-")) is None
    assert delivery_marked(f" {mark}") is None
