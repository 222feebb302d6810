"""What all doors have in common by which something is done: what they take, how often, what they answer."""

import datetime
import ipaddress
import json
from http import HTTPStatus

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import timezone

from cms.api.errors import Refused
from cms.api.limiting import Limit, forget_tallies
from cms.api.writing import MAX_BODY, writing_door
from cms.client_address import client_address
from cms.models import Tally
from tests.races import second_after

HOUR = datetime.timedelta(hours=1)


@writing_door
def echo(request, body):
    if body.get("refuse"):
        raise Refused(HTTPStatus.CONFLICT, "Dat kan niet.", code="no", retry_after=7)
    return HttpResponse(json.dumps(body), "application/json")


class Doors:
    """A URL configuration with a door that gives back what it gets."""

    urlpatterns = [path("api/v2/echo/", echo)]


@pytest.fixture
def post(settings, client):
    """``post(b"{}")`` posts bytes to that door."""
    settings.ROOT_URLCONF = Doors
    client.raise_request_exception = False

    def send(body, content_type="application/json", query="", **headers):
        return client.post(f"/api/v2/echo/?{query}", body, content_type=content_type, headers=headers)

    return send


def test_object_comes_in_and_nothing_is_kept(post):
    response = post('{"naam": "é🔧"}'.encode(), "application/json; charset=utf-8")

    assert (response.status_code, response.json()) == (200, {"naam": "é🔧"})
    assert (response["Cache-Control"], response["API-Version"]) == ("no-store", "2.0.0")
    assert "ETag" not in response
    assert not response.cookies


def test_refusal_says_what_and_when(post):
    response = post(b'{"refuse": true}')

    assert (response.status_code, response["Retry-After"]) == (409, "7")
    assert response.json() == {
        **{"status": 409, "title": "Conflict", "code": "no"},
        **{"detail": "Dat kan niet.", "message": "Dat kan niet."},
    }


@pytest.mark.parametrize(
    "body",
    [
        *(b" ", b"{", b"x", b"[]", b"1", b"null", b'"x"', b"NaN", b'{"a": NaN}', b'{"a": -Infinity}'),
        *(b"\xff", b"\xef\xbb\xbf{}", '{"a": 1}'.encode("utf-16"), b"{'a': 1}", b'{"a": "\x00"}', b'{"a": 1,}'),
        *(b'{"a": "\\ud800"}', b'{"\\ud800": 1}', b'{"a": ["\\udfff"]}'),
        *(b"[" * 60_000, b'{"a":' * 10_000, b'{"a": ' + b"9" * 5_000 + b"}"),
    ],
)
def test_what_is_no_json_object_is_refused(post, body):
    response = post(body)

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert "JSON" in response.json()["detail"]


def test_large_bodies_are_refused(post):
    assert post(b'{"a": "%s"}' % (b"x" * (MAX_BODY - 9))).status_code == 200
    assert post(b'{"a": "%s"}' % (b"x" * (MAX_BODY - 8))).status_code == 413
    assert post(b"x" * 5_000_000).status_code == 413


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "",
        ";",
    ],
)
def test_nothing_but_json_is_taken(post, content_type):
    """A form of another site can send the others without asking first."""
    assert post(b"{}", content_type).status_code == 415


def test_questions_in_the_address_are_refused(post):
    assert post(b"{}", query="a=1").status_code == 400
    assert post(b"{}", query="%00").status_code == 400


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE"])
def test_posting_is_all_one_can_do(post, client, method):
    response = client.generic(method, "/api/v2/echo/")

    assert (response.status_code, response["Allow"]) == (405, "POST, OPTIONS")
    assert client.options("/api/v2/echo/")["Allow"] == "POST, OPTIONS"


def test_other_sites_get_no_leave(post, client, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://www.example.nl"]

    response = client.options(
        "/api/v2/echo/",
        headers={
            "origin": "https://www.example.nl",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )

    assert "POST" not in response["Access-Control-Allow-Methods"]


def test_door_is_open_to_who_has_no_cookie(settings):
    settings.ROOT_URLCONF = Doors
    response = Client(enforce_csrf_checks=True).post("/api/v2/echo/", "{}", content_type="application/json")

    assert (response.status_code, response.cookies) == (200, {})


def test_so_many_times_in_each_window(db):
    limit = Limit("test", 2, HOUR)
    with time_machine.travel(datetime.datetime(2026, 3, 1, 12, 50, tzinfo=datetime.UTC), tick=False) as clock:
        for _ in range(2):
            limit.count("192.0.2.1")
        with pytest.raises(Refused) as refused:
            limit.count("192.0.2.1")
        limit.count("192.0.2.2")
        Limit("other", 1, HOUR).count("192.0.2.1")
        clock.shift(600)
        limit.count("192.0.2.1")

    assert (refused.value.status, refused.value.retry_after) == (429, 600)


def test_checking_counts_nothing(db):
    limit = Limit("test", 1, HOUR)
    for _ in range(3):
        limit.check("192.0.2.1")
    limit.count("192.0.2.1")
    with pytest.raises(Refused):
        limit.check("192.0.2.1")


def test_counts_tell_nobody_who_it_was_and_are_forgotten(db):
    with time_machine.travel(timezone.now() - 2 * HOUR):
        Limit("test", 2, HOUR).count("wie@example.org")
    Limit("test", 2, HOUR).count("wie@example.org")

    assert "wie@" not in str(list(Tally.objects.values()))
    forget_tallies()
    assert Tally.objects.count() == 1


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """In place of ``db``: others see what is done."""
    with django_db_blocker.unblock():
        yield
        Tally.objects.all().delete()


def test_two_processes_count_together(committed):
    until = timezone.now() + HOUR

    assert second_after(lambda: Tally.objects.add("x", until), lambda: Tally.objects.add("x", until)) is None
    assert Tally.objects.add("x", until) == 3


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "client"),
    [
        (0, "", "192.0.2.9", "192.0.2.9"),
        (0, "198.51.100.1", "192.0.2.9", "192.0.2.9"),  # anybody may have made it up
        (1, "198.51.100.1, 198.51.100.2", "192.0.2.9", "198.51.100.2"),
        (1, "onzin", "192.0.2.9", "192.0.2.9"),
        (3, "198.51.100.2", "192.0.2.9", "192.0.2.9"),
        (0, "198.51.100.1", "10.0.0.7", "198.51.100.1"),  # the site says for whom it asks
        (0, "198.51.100.9, 198.51.100.1", "10.0.0.7", "198.51.100.1"),
        (0, "", "10.0.0.7", "10.0.0.7"),
        (0, "onzin", "10.0.0.7", "10.0.0.7"),
        (1, "198.51.100.9, 198.51.100.1, 10.0.0.7", "192.0.2.9", "198.51.100.1"),
        (1, "10.0.0.7, 198.51.100.1", "192.0.2.9", "198.51.100.1"),
        (0, "2001:db8:1:2:3::4", "10.0.0.7", "2001:db8:1:2::"),
    ],
)
def test_address_of_a_client(settings, proxies, forwarded, remote, client):
    settings.TRUSTED_PROXIES = proxies
    settings.SITE_ADDRESSES = [ipaddress.ip_network("10.0.0.0/24")]
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)

    assert client_address(request) == client
