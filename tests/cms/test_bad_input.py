"""Whatever is asked of the API, the answer is JSON that says what was wrong, and never an error of ours."""

import base64
import json

import pytest

LISTS = ["pages/", "events/", "regions/", "faq/", "newsletters/"]
DOORS = [
    *LISTS,
    "pages/1/",
    "pages/find/",
    "resolve/",
    "redirects/",
    "redirects/1/",
    "redirects/find/",
    "themes/",
    "site/",
    "feeds/atom/",
    "feeds/rss/",
    "sitemap.xml",
    "events.ics",
    "events/1.ics",
    "nergens/",
    "",
]
REFUSED = {400, 404, 405, 406}
TEXTS = [
    "%00",
    "a%00b",
    "%ff%fe",
    "%c3%28",
    "%ed%a0%80",
    "%",
    "%zz",
    "%0a",
    "%0d%0aSet-Cookie:x=1",
    "%F0%9F%94%A7",
    "%E2%80%AE",
    "%D9%A3",
    "%C2%B2",
    "'",
    "';DROP+TABLE+cms_basepage;--",
    "%25%25",
    "../../etc/passwd",
    "<script>",
    "{}",
    "[]",
    "null",
    "NaN",
    "true",
    "-1",
    "1.5",
    "1e9",
    "0x10",
    "%2B1",
    "9223372036854775807",
    "9223372036854775808",
    "9" * 400,
    "-" * 400,
]
NUMBERS = ["-1", "1.5", "1e3", "x", "%D9%A3", "%C2%B2", "0x10", "1_0", "%2B1", "%201", "NaN", "true", "9" * 300, "1,2"]
FIELDS = [
    "(",
    ")",
    "title(",
    "title)",
    "parent(parent(parent(parent(parent(parent(title))))))",
    "(" * 500,
    "parent(" * 4 + ")" * 4,
    "title,,id",
    ",",
    "*,*",
    "title,*",
    "_,_",
    "-",
    "--title",
    "-_",
    "title(id)",
    "password",
    "owner",
    "themes__title",
    "%00",
    "title%0a",
    "%F0%9F%94%A7",
    "a" * 3000,
]
DATES = [
    "x",
    "0000-01-01",
    "10000-01-01",
    "2026-13-01",
    "2026-02-30",
    "2026-1-1T",
    "2026-1-1",
    "20260101",
    "20260101T101010",
    "2026-W01-1",
    "2026W011",
    "2026-001",
    "%D9%A2026-01-01",
    "2026-01-01x10:00",
    "-2026-01-01",
    "2026-W01-",
    "2026-366",
    "2026-01-01T25:00",
    "2026-01-01T12:00+99:00",
    "12:00",
    "%00",
    "9" * 300,
]
EDGES = [
    "0001-01-01",
    "9999-12-31",
    "2026-01-01T24:00",
    "2026-06-30T23:59:60",
    "0001-01-01T00:00%2B14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-03-29T02:30",
    "2026-10-25T02:30",
    "2200-12-31",
    "1900-01-01",
]
PATHS = [
    "//",
    "/%2e%2e/",
    "/[",
    "http://x",
    "http://[",
    "//[::1",
    "\\\\x",
    "javascript:alert(1)",
    "/" + "a/" * 1500,
    "/" + "a" * 3000,
    "%F0%9F%94%A7",
    "/%0a/",
    "%20",
    ";",
    "/%3F%23/",
    "/'/",
    "/%25/",
]
SEARCHES = [
    "",
    "%20",
    "*",
    "%22",
    "%22open",
    "'",
    "a'b",
    "de+het+een",
    "AND",
    "NOT+a",
    "a+OR",
    "NEAR(a,b)",
    "title:a",
    "-a",
    "!a",
    "%26",
    "|",
    "a%26%26b",
    "(a",
    "a)",
    "a:*",
    "\\",
    "%25",
    "_",
    "^a",
    "{a}",
    "<->",
    "%F0%9F%94%A7",
    "%E2%80%8B",
    "a" * 200,
    "a+" * 100,
    "x" * 201,
]
ACCEPTED = [
    None,
    "",
    "*/*",
    "application/json",
    "application/*",
    "application/json;q=0.1, text/html",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "*/*;q=2",
    "*/*;q=nan",
]
NOT_ACCEPTED = [
    "text/html",
    "application/xml",
    "*/*;q=0",
    "application/json;q=0",
    "json",
    "/",
    ",",
    ";;;",
    "text/html; x*=geen'nl'y",
    "a" * 5000,
]


@pytest.fixture
def ask(client, db):
    """``ask("pages/", "limit=1")`` sends the query as it is and gives the response, of which nothing may be HTML."""
    client.raise_request_exception = False

    def get(path, query="", method="GET", **headers):
        response = client.generic(method, f"/api/v2/{path}", QUERY_STRING=query, headers=headers)
        assert response.status_code in REFUSED | {200, 301, 302, 304, 412}, (query, response.content[:500])
        if response.status_code in REFUSED and method != "HEAD":
            assert response["Content-Type"] == "application/problem+json"
            assert response["Cache-Control"] == "no-store"
            problem = json.loads(response.content)
            assert problem["status"] == response.status_code
            assert problem["message"] == problem["detail"] != ""
        return response

    return get


def statuses(ask, path, queries):
    return {query: ask(path, query).status_code for query in queries}


@pytest.mark.parametrize("path", DOORS)
def test_any_text_in_any_name_or_value(ask, path):
    for text in TEXTS:
        ask(path, text)
        ask(path, f"{text}=1")
        ask(path, f"path={text}&html_path={text}&id={text}&region={text}&part={text}&kind={text}")
    for text in ("%00", "a%00b", "%ff%fe", "%c3%28"):
        assert ask(path, f"x={text}").status_code in (400, 404)
    assert ask(path, "x=" + "a" * 8_000).status_code in (400, 404)


@pytest.mark.parametrize("path", [*LISTS, "feeds/atom/", "feeds/rss/", "sitemap.xml", "events.ics"])
def test_unknown_parameters_are_named(ask, path):
    assert "onbekend" in ask(path, "onbekend=1").json()["message"]
    assert ask(path, "onbekend").status_code == 200 or "onbekend" in ask(path, "onbekend").json()["message"]


@pytest.mark.parametrize("name", ["limit", "offset"])
def test_numbers(ask, name):
    for path in [*LISTS, "redirects/"]:
        answers = statuses(ask, path, [f"{name}={number}" for number in NUMBERS])
        assert set(answers.values()) == {400}, path
        assert name in ask(path, f"{name}=-1").json()["message"]
        # Of what is given twice the last counts, as everywhere in Django.
        assert ask(path, f"{name}=x&{name}=1").status_code == 200
        assert ask(path, f"{name}=1&{name}=x").status_code == 400


@pytest.mark.parametrize("door", ["list", "detail"])
def test_fields(ask, noord, door):
    path = "pages/" if door == "list" else f"pages/{noord.pk}/"
    answers = statuses(ask, path, [f"fields={fields}" for fields in FIELDS])

    assert {query for query, status in answers.items() if status == 200} <= {"fields=-_", "fields=*,*"}


@pytest.mark.parametrize(
    "query", ["region", "theme", "audience", "type", "slug", "title", "id", "child_of", "descendant_of", "ancestor_of"]
)
def test_values_of_filters(ask, query):
    for text in TEXTS:
        ask("pages/", f"{query}={text}")
        ask("pages/", f"{query}={text}&search=noord&order=title")


@pytest.mark.parametrize(
    "query", ["alias_of", "translation_of", "locale", "site", "show_in_menus", "first_published_at", "order", "_"]
)
def test_values_of_wagtails_filters(ask, query):
    for text in TEXTS:
        ask("pages/", f"{query}={text}")
        ask("pages/", f"type=regions.NewsPage&{query}={text}")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("faq/", "category"),
        ("faq/", "validity"),
        ("regions/", "province"),
        ("regions/", "status"),
        ("events/", "period"),
    ],
)
def test_values_of_filters_of_one_kind(ask, path, name):
    assert set(statuses(ask, path, [f"{name}={text}" for text in TEXTS]).values()) == {400}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("pages/", "date_from"),
        ("pages/", "date_to"),
        ("events/", "starts_from"),
        ("events/", "starts_to"),
        ("search/", "q=lasrobot&from"),
        ("search/", "q=lasrobot&to"),
    ],
)
def test_dates(ask, path, name):
    assert set(statuses(ask, path, [f"{name}={date}" for date in DATES]).values()) == {400}
    for date in EDGES:
        ask(path, f"{name}={date}")


@pytest.mark.parametrize("order", ["path", "-date", "title", "-first_published_at", "start", "id"])
def test_tokens_of_after(ask, order):
    path = "events/" if order == "start" else "pages/"
    asked = f"limit=1&order={order}" if order != "path" else "limit=1"
    token = ask(path, asked + "&period=all" * (path == "events/")).json()["meta"]["next"]
    token = token or encode([order, "x", 1])
    cut = [token[:end] for end in range(1, len(token), 7)]
    names = json.loads(base64.urlsafe_b64decode(token + "=="))[0]
    odd = [None, True, [], [[]], {}, {"a": 1}, "", "x", "\x00", "\ud800", 10**30, -1, 1.5, float("nan"), float("inf")]
    inside = [encode(value) for value in odd]
    inside += [encode([names, *[value] * number]) for value in odd for number in range(4)]
    inside += [encode([names, value, 1]) for value in odd]
    deep = base64.urlsafe_b64encode(b"[" * 2_500).decode()

    for bad in [*cut, *inside, *TEXTS, token + "A", token.swapcase(), token[::-1], deep, "", "===="]:
        ask(path, f"{asked}&after={bad}")
    assert ask(path, f"{asked}&after=onzin").status_code == 400


def encode(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("door", "name"), [("resolve/", "path"), ("pages/find/", "html_path"), ("redirects/find/", "html_path")]
)
def test_paths(ask, door, name):
    for path in PATHS:
        assert ask(door, f"{name}={path}").status_code != 301


@pytest.mark.parametrize("operator", ["", "&search_operator=or", "&order=-date", "&type=regions.NewsPage"])
def test_searches(ask, operator):
    for words in SEARCHES:
        ask("pages/", f"search={words}{operator}")
    assert ask("pages/", "search=noord&search_operator=xor").status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "X" * 99])
def test_methods(ask, method):
    for path in DOORS:
        response = ask(path, method=method)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS"), path


@pytest.mark.parametrize("path", ["pages/", "themes/", "site/", "redirects/", "resolve/?path=/"])
def test_types_that_are_accepted(ask, path):
    path, _, query = path.partition("?")
    for accept in ACCEPTED:
        headers = {} if accept is None else {"accept": accept}
        assert ask(path, query, **headers).status_code == 200, accept
    for accept in NOT_ACCEPTED:
        response = ask(path, query, accept=accept)
        assert (response.status_code, "Accept" in response.json()["message"]) == (406, True), accept


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("feeds/atom/", "application/atom+xml"),
        ("feeds/rss/", "application/rss+xml"),
        ("sitemap.xml", "application/xml"),
        ("events.ics", "text/calendar"),
    ],
)
def test_types_of_other_doors(ask, path, given):
    assert ask(path, accept=given).status_code == 200
    assert ask(path, accept="application/json").status_code == 406


@pytest.mark.parametrize(
    "headers",
    [
        {"range": "bytes=0-1"},
        {"range": "x"},
        {"if-none-match": "x"},
        {"if-none-match": '"'},
        {"if-none-match": 'W/"x'},
        {"if-none-match": "\x00"},
        {"if-none-match": "a" * 9000},
        {"if-match": '"x"'},
        {"if-modified-since": "gisteren"},
        {"if-modified-since": "Mon, 99 Foo 0000 99:99:99 GMT"},
        {"if-modified-since": "Fri, 31 Dec 9999 23:59:59 GMT"},
        {"accept-encoding": ";q=x, ,gzip;q=-1"},
        {"content-type": "application/json"},
        {"content-length": "-1"},
        {"origin": "http://["},
        {"cookie": "sessionid=\x00; =;"},
    ],
)
def test_headers(ask, headers):
    response = ask("pages/", "limit=1", **headers)

    assert response.status_code in ({412} if "if-match" in headers else {200})


@pytest.mark.parametrize(
    "path",
    [
        "pages/0/",
        "pages/9223372036854775807/",
        "pages/9223372036854775808/",
        f"pages/{'9' * 400}/",
        "pages/-1/",
        "pages/%D9%A3/",
        "pages/1%00/",
        "pages/%ff/",
        "pages/%0a/",
        "%0a",
        "pages//",
        "/",
        "a/" * 1000,
        "redirects/9223372036854775808/",
        f"events/{'9' * 400}.ics",
        "events/9223372036854775808.ics",
        "pages/find/1/",
        "pages/..%2f..%2f/",
        "%F0%9F%94%A7/",
    ],
)
def test_addresses_that_lead_nowhere(ask, path):
    assert ask(path).status_code in (400, 404)


@pytest.mark.parametrize("path", ["pages", "pages/find", "resolve", "events", "redirects/find"])
def test_last_slash_may_be_left_out(ask, path):
    response = ask(path, "limit=1&x=a%20b")

    assert (response.status_code, response["Location"]) == (301, f"/api/v2/{path}/?limit=1&x=a%20b")


@pytest.mark.parametrize("path", ["nergens", "pages/x", "feeds", "pages/find/x"])
def test_no_slash_leads_nowhere(ask, path):
    assert ask(path).status_code == 404
