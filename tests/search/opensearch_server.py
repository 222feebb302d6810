"""As much of an OpenSearch as we talk to, on this machine; nobody's analysis but folding and splitting.

It refuses what the real one would refuse: columns that no mapping has, kinds of queries that it doesn't know.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from cms.words import split

WINDOW = 10_000
"""``index.max_result_window``."""


class Refusal(Exception):
    def __init__(self, status: int, kind: str, reason: str = ""):
        super().__init__(reason)
        self.status = status
        self.kind = kind


class Index:
    def __init__(self, settings: dict[str, Any]):
        self.settings = settings
        self.properties: dict[str, Any] = {}
        self.documents: dict[str, dict[str, Any]] = {}

    def search(self, body: dict[str, Any]) -> dict[str, Any]:
        if unknown := set(body) - {
            "query",
            "sort",
            "size",
            "search_after",
            "track_scores",
            "track_total_hits",
            "_source",
        }:
            raise Refusal(400, "parsing_exception", f"unknown key {unknown}")
        if body["size"] > WINDOW:
            raise Refusal(400, "illegal_argument_exception", "Result window is too large")
        scores = {pk: self.score(document, body["query"]) for pk, document in self.documents.items()}
        columns = [column for one in body["sort"] for column in one]
        found = sorted(
            (pk for pk, score in scores.items() if score), key=lambda pk: self.places(pk, columns), reverse=True
        )
        if after := body.get("search_after"):
            found = [pk for pk in found if self.places(pk, columns) < after]
        hits = [{"_id": pk, "_score": scores[pk], "sort": self.places(pk, columns)} for pk in found[: body["size"]]]
        return {"timed_out": False, "hits": {"hits": hits}}

    def places(self, pk: str, columns: list[str]) -> list[Any]:
        return [self.documents[pk].get(self.known(column)) or "" for column in columns]

    def known(self, column: str) -> str:
        if column not in self.properties:
            raise Refusal(400, "query_shard_exception", f"No mapping found for [{column}]")
        return column

    def score(self, document: dict[str, Any], query: dict[str, Any]) -> float:
        [(kind, asked)] = query.items()
        match kind:
            case "bool":
                return self.score_all(document, asked)
            case "term":
                [(column, value)] = asked.items()
                return float(document.get(self.known(column)) == value)
            case "prefix":
                [(column, one)] = asked.items()
                return one["boost"] * any(word.startswith(one["value"]) for word in self.words(document, column))
            case "match":
                [(column, one)] = asked.items()
                words = self.words(document, column)
                return float(all(any(word.startswith(part) for word in words) for part in split(one["query"])))
            case "multi_match":
                weights = (column.split("^") for column in asked["fields"])
                return max(
                    float(weight) * (asked["query"] in self.words(document, column)) for column, weight in weights
                )
            case _:
                raise Refusal(400, "parsing_exception", f"unknown query [{kind}]")

    def score_all(self, document: dict[str, Any], asked: dict[str, Any]) -> float:
        must, should = (
            [asked[name]] if isinstance(asked.get(name), dict) else asked.get(name, []) for name in ("must", "should")
        )
        needed = [self.score(document, one) for one in must]
        optional = [self.score(document, one) for one in should]
        passes = all(needed) and sum(map(bool, optional)) >= asked.get("minimum_should_match", 0)
        passes = passes and ("filter" not in asked or self.score(document, asked["filter"]))
        return sum(needed) + sum(optional) if passes else 0.0

    def words(self, document: dict[str, Any], column: str) -> list[str]:
        """Those of all columns that are copied to this one too."""
        self.known(column)
        copied = [name for name, mapping in self.properties.items() if column in mapping.get("copy_to", ())]
        return [
            word for name in [column, *copied] for word in split(json.dumps(document.get(name), ensure_ascii=False))
        ]


class Handler(BaseHTTPRequestHandler):
    # The end of an answer needn't wait until its beginning has been acknowledged.
    disable_nagle_algorithm = True
    protocol_version = "HTTP/1.1"

    def answer(self):
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.credentials.add(self.headers["Authorization"])
        try:
            self.server.behave(self)
            status, answer = 200, self.server.do(self.command, urlsplit(self.path).path, content.decode())
        except Refusal as refusal:
            status = refusal.status
            error = {"type": refusal.kind, "reason": str(refusal)}
            answer = {"status": status, "error": {**error, "root_cause": [error]}}
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def handle(self):
        with suppress(OSError):  # who asked has had enough
            super().handle()

    def do_GET(self):
        self.answer()

    def do_HEAD(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def do_PUT(self):
        self.answer()

    def do_DELETE(self):
        self.answer()

    def log_message(self, *args):
        pass


class OpenSearchServer(ThreadingHTTPServer):
    """``asked`` are the bodies of the questions that came; ``behave`` may refuse a request, or keep it waiting."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.indexes: dict[str, Index] = {}
        self.aliases: dict[str, str] = {}
        self.asked: list[dict[str, Any]] = []
        self.credentials: set[str | None] = set()
        self.behave: Callable[[Handler], object] = lambda handler: None
        self.closing = Event()

    @property
    def url(self):
        return f"http://cms:geheim%2Fwoord@127.0.0.1:{self.server_port}/sto"

    def index(self, name: str) -> Index:
        try:
            return self.indexes[self.aliases.get(name, name)]
        except KeyError:
            raise Refusal(404, "index_not_found_exception", f"no such index [{name}]") from None

    def do(self, method: str, path: str, content: str) -> Any:
        """What is answered to a request (https://docs.opensearch.org/latest/api-reference/)."""
        match (method, *path.strip("/").split("/")):
            case ("HEAD", "_alias", name):
                if name not in self.aliases:
                    raise Refusal(404, "alias_not_found")
            case ("HEAD", name):
                self.index(name)
            case ("PUT", name):
                self.indexes[name] = Index(json.loads(content))
            case ("DELETE", name):
                self.index(name)
                del self.indexes[name]
            case ("GET", "_alias", name):
                return {self.aliases[name]: {"aliases": {name: {}}}}
            case ("PUT", name, "_alias", alias):
                self.index(name)
                self.aliases[alias] = name
            case ("PUT", name, "_mapping"):
                self.index(name).properties |= json.loads(content)["properties"]
            case ("POST", name, "_refresh"):
                self.index(name)
            case ("POST", name, "_bulk"):
                return self.add(self.index(name), content.splitlines())
            case ("DELETE", name, "_doc", pk):
                if self.index(name).documents.pop(pk, None) is None:
                    raise Refusal(404, "not_found")
            case ("POST", name, "_search"):
                self.asked.append(json.loads(content))
                return self.index(name).search(self.asked[-1])
            case _:
                raise Refusal(405, "illegal_argument_exception", f"{method} {path} isn't known here")
        return {"acknowledged": True}

    def add(self, index: Index, lines: list[str]) -> dict[str, Any]:
        items = []
        for action, document in zip(lines[::2], lines[1::2], strict=True):
            pk = json.loads(action)["index"]["_id"]
            item = {"_id": pk, "status": 200}
            if "onverteerbaar" in document:
                item |= {"status": 400, "error": {"type": "mapper_parsing_exception", "reason": "failed to parse"}}
            elif "nu even niet" in document:
                item |= {
                    "status": 429,
                    "error": {"type": "rejected_execution_exception", "reason": "too many requests"},
                }
            else:
                index.documents[pk] = json.loads(document)
            items.append({"index": item})
        return {"errors": any(item["index"]["status"] >= 400 for item in items), "items": items}

    def __enter__(self):
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.closing.set()
        self.shutdown()
        self.server_close()
