"""Fetching a report, from a real server on this machine."""

import datetime
import gzip
import http.server
import socket
import threading
import time
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableReport
from corpus.readers.web import fetching
from corpus.readers.web.fetching import _is_public, fetch

PAGE = b"<h1>Norland</h1><p>Wells ran dry.</p>"


class Handler(http.server.BaseHTTPRequestHandler):
    asked: ClassVar[list] = []

    def log_message(self, *_):
        pass

    def do_GET(self):
        type(self).asked.append((self.path, dict(self.headers)))
        name, _, value = self.path.partition("?")[0].strip("/").partition("/")
        getattr(self, f"give_{name}")(value)

    def give(self, content=PAGE, status=200, kind="text/html; charset=utf-8", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def give_page(self, _):
        self.give()

    def give_kind(self, kind):
        self.give(kind=kind)

    def give_again(self, times):
        where = f"/again/{int(times) - 1}" if times != "1" else "/page"
        self.give(b"", 302, Location=where)

    def give_to(self, where):
        self.give(b"", 301, Location=where)

    def give_none(self, _):
        self.give(b"", 404)

    def give_large(self, _):
        self.give(b"", Content_Length=str(60_000_000))

    def give_endless(self, _):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 1_000_000)
        except OSError:
            pass

    def give_slow(self, _):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            pass

    def give_packed(self, _):
        self.give(gzip.compress(PAGE), Content_Encoding="gzip")

    def give_bomb(self, _):
        self.give(gzip.compress(b"\0" * 60_000_000), Content_Encoding="gzip")

    def give_short(self, _):
        self.give(PAGE, Content_Length=str(len(PAGE) + 1))

    def give_nonsense(self, _):
        self.wfile.write(b"nonsense\r\n\r\n")


@pytest.fixture(scope="module")
def server():
    Handler.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def refusal(address, **options):
    with pytest.raises(UnreadableReport) as raised:
        fetch(address, allow_private=True, **options)
    sentence = str(raised.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_page_comes_with_its_address_and_its_day(server):
    found = fetch(f"{server}/page#part", allow_private=True)
    assert found.content == PAGE
    assert (found.address, found.suffix) == (f"{server}/page", ".html")
    assert found.accessed == datetime.date.today()


def test_the_request_says_who_asks_and_nothing_else(server):
    fetch(f"{server}/page?a=b c", allow_private=True)
    path, headers = Handler.asked[-1]
    assert path == "/page?a=b%20c"
    assert headers["User-Agent"].startswith("Pincite/")
    assert headers["Host"] == server.removeprefix("http://")
    assert headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_five_redirects_are_followed_and_a_sixth_is_not(server):
    found = fetch(f"{server}/again/5", allow_private=True)
    assert found.address == f"{server}/page"
    assert "leads on more than 5 times" in refusal(f"{server}/again/6")


@pytest.mark.parametrize("where", ["file:///etc/passwd", "ftp://example.org/x", "gopher://x"])
def test_a_redirect_leads_to_the_web_or_nowhere(server, where):
    assert "is not a web address" in refusal(f"{server}/to/{where}")


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org", "file:///etc/passwd", "example.org", "", "http://", "http://[x"],
)
def test_only_a_web_address_is_fetched(address):
    assert "is not a web address" in refusal(address)


def test_a_password_in_an_address_is_refused_and_not_shown():
    sentence = refusal("https://ann:secret@example.org/")
    assert "secret" not in sentence


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"])
def test_this_machine_is_not_asked_unless_that_is_meant(server, host):
    asked = len(Handler.asked)
    with pytest.raises(UnreadableReport, match="private networks are allowed"):
        fetch(f"http://{host}:{server.rpartition(':')[2]}/page")
    assert len(Handler.asked) == asked


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.0.0.1", False),
        ("172.16.3.4", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_what_is_an_address_of_the_internet(address, is_public):
    assert _is_public(address) is is_public


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=6, network="fc00::/7"))
def test_no_private_address_is_public(address):
    assert not _is_public(str(address))


def test_what_a_name_stands_for_is_looked_up_once(server, monkeypatch):
    """A name that is public when it is checked cannot be private when it is connected to."""
    looked_up = []
    real = socket.getaddrinfo

    def look_up(host, port, *rest, **options):
        if host == "norland.example":
            looked_up.append(host)
            return real("127.0.0.1" if len(looked_up) == 1 else "192.0.2.1", port, *rest, **options)
        return real(host, port, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    port = server.rpartition(":")[2]
    assert fetch(f"http://norland.example:{port}/page", allow_private=True).content == PAGE
    assert looked_up == ["norland.example"]


def test_a_redirect_is_checked_like_the_first_address(server, monkeypatch):
    monkeypatch.setattr(fetching, "_is_public", lambda address: address == "127.0.0.1")
    assert fetch(f"{server}/to/{server}/page").content == PAGE
    with pytest.raises(UnreadableReport, match=r"169\.254\.169\.254.*private networks"):
        fetch(f"{server}/to/http://169.254.169.254/")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("none", "status 404"),
        ("large", "more than 50 MB"),
        ("endless", "more than 50 MB"),
        ("bomb", "more than 50 MB"),
        ("short", "cut short"),
        ("nonsense", "cannot be reached"),
        ("kind/image/png", "of the kind image/png"),
    ],
)
def test_what_is_no_report_is_said_in_a_sentence(server, path, sentence):
    assert sentence in refusal(f"{server}/{path}")


def test_what_is_packed_is_unpacked(server):
    assert fetch(f"{server}/packed", allow_private=True).content == PAGE


def test_bytes_that_drip_do_not_hold_up_longer_than_the_time(server):
    began = time.monotonic()
    assert "within 0.5 s" in refusal(f"{server}/slow", seconds=0.5)
    assert time.monotonic() - began < 3


def test_nobody_there_is_said():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert "cannot be reached" in refusal(f"http://127.0.0.1:{taken.getsockname()[1]}/")


def test_a_server_without_a_certificate_is_not_believed(server):
    assert "cannot be reached" in refusal(server.replace("http:", "https:") + "/page")


def test_a_proxy_is_not_passed_by(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    assert "a proxy is set" in refusal(f"{server}/page")


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("application/pdf", ".pdf"), ("text/plain", ".txt"), ("application/xhtml+xml", ".html")],
)
def test_the_kind_says_how_it_is_read(server, kind, suffix):
    assert fetch(f"{server}/kind/{kind}", allow_private=True).suffix == suffix
