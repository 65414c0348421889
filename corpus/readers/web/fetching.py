"""A report fetched from its address: the only network call that a report's reading makes.

Each address that a server's name stands for is checked and then connected to itself, so that no
second look-up can lead elsewhere; redirects are checked like the address that was asked for.
"""

import datetime
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from corpus.errors import UnreadableReport
from corpus.remedy import Remedy

MOST_REDIRECTS = 5
LARGEST_ANSWER = 50_000_000
SECONDS = 30.0
_AT_ONCE = 1 << 16
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PORTS = {"http": 80, "https": 443}
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
# IPv6 addresses that stand for an IPv4 one in their last 32 bits (RFC 6052).
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "/:?&=+$,;@!*'()~%-._[]"
_SAVE = "open it in a browser, save the page and add the file"

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was fetched: the bytes, the address that they came from at last, the day, and the ending
    that a file of their kind has, such as ".html".
    """

    content: bytes
    address: str
    accessed: datetime.date
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    content: bytes
    media_type: str
    redirect: str | None


def fetch(address: str, *, allow_private: bool = False, seconds: float = SECONDS) -> Fetched:
    """What stands at a web address; at most `seconds` in all, redirects included.

    Raises UnreadableReport where there is nothing to read, or where the address, or one that it
    leads to, is in a network of this machine's own and `allow_private` does not say that this is
    meant.
    """
    end = time.monotonic() + seconds
    at = address
    for _ in range(MOST_REDIRECTS + 1):
        parts = _parts(at, address)
        try:
            answer = _ask(parts, end, allow_private=allow_private)
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            raise _failed(at, error, end, seconds) from None
        if answer.redirect is None:
            return Fetched(
                content=answer.content,
                address=urlunsplit(parts),
                accessed=datetime.date.today(),
                suffix=_suffix(answer.media_type, parts.path, at),
            )
        following = urljoin(urlunsplit(parts), answer.redirect)
        if parts.scheme == "https" and following.lower().startswith("http:"):
            raise UnreadableReport(
                f"{at} leads from https to {following}, which can be changed on the way; {_SAVE}."
            )
        at = following
    raise UnreadableReport(
        f"{address} leads on more than {MOST_REDIRECTS} times, last to {at}; add the address where "
        "the report stands at last."
    )


def _parts(at: str, address: str) -> SplitResult:
    """The parts of an address, spelled as a request takes them."""
    try:
        parts = urlsplit(at)
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    if parts.scheme not in _PORTS or not host:
        said = f"{address} leads to {at}, which" if at != address else at
        raise UnreadableReport(
            f"{said} is not a web address; write it whole, beginning with https://."
        )
    if parts.username is not None or parts.password is not None:
        raise UnreadableReport(
            f"the address at {host} holds a name or password, which would be kept with the report; "
            f"{_SAVE}."
        )
    shown = f"[{host}]" if ":" in host else host
    place = f"{shown}:{port}" if port not in (None, _PORTS[parts.scheme]) else shown
    path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    return SplitResult(parts.scheme, place, path, query, "")


def _ask(parts: SplitResult, end: float, *, allow_private: bool) -> _Answer:
    host = parts.hostname or ""
    if parts.scheme in getproxies() and not proxy_bypass(host):
        raise UnreadableReport(
            f"a proxy is set for {parts.scheme} addresses, and Pincite, which connects to {host} "
            f"itself, would pass it by; {_SAVE}."
        )
    port = parts.port or _PORTS[parts.scheme]
    found = _allowed(host, _resolved(host, port, end), allow_private=allow_private)
    connection = http.client.HTTPConnection(host, port)
    if parts.scheme == "https":
        connection.default_port = _PORTS["https"]
    connection.sock = raw = _connected(found, port, end)
    with closing(connection), _ended(raw, end) as secure:
        if parts.scheme == "https":
            connection.sock = secure(host)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("GET", target, headers=_headers())
        with connection.getresponse() as response:
            answer = _answer(response, urlunsplit(parts))
    # What was cut off when time was up looks like an end.
    if time.monotonic() >= end:
        raise TimeoutError
    return answer


def _headers() -> dict[str, str]:
    try:
        release = version("pincite")
    except PackageNotFoundError:
        release = "0"
    return {
        "User-Agent": f"Pincite/{release} (adds one report that a person asked for)",
        "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _resolved(host: str, port: int, end: float) -> list[str]:
    """The addresses that a name stands for; a look-up that takes too long is left behind."""
    found: list[str] = []
    failed: list[OSError] = []

    def look_up() -> None:
        try:
            known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(str(one[4][0]) for one in known)
        except OSError as error:
            failed.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(max(end - time.monotonic(), 0))
    if failed:
        raise failed[0]
    if not found:
        raise TimeoutError
    return found


def _allowed(host: str, found: list[str], *, allow_private: bool) -> list[str]:
    """Those of some addresses that may be connected to."""
    allowed = [one for one in found if allow_private or _is_public(one)]
    if not allowed:
        where = f"{host} is" if host == found[0] else f"{host} is at {found[0]},"
        raise UnreadableReport(f"{where} in a network of this machine's own", Remedy.ALLOW_PRIVATE)
    return allowed


def _is_public(text: str) -> bool:
    """Whether an address is one of the internet, also where it stands for another inside it."""
    address: _Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            address = inside
    return address.is_global and not address.is_multicast and not address.is_reserved


def _connected(found: list[str], port: int, end: float) -> socket.socket:
    for index, address in enumerate(found):
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            return socket.create_connection((address, port), timeout=left)
        except OSError:
            if index == len(found) - 1:
                raise
    raise TimeoutError


@contextmanager
def _ended(raw: socket.socket, end: float) -> Iterator[Callable[[str], ssl.SSLSocket]]:
    """Cut a connection off when time is up, however slowly bytes come; gives what secures it."""
    current = [raw]

    def cut() -> None:
        with suppress(OSError):
            current[0].shutdown(socket.SHUT_RDWR)

    def secured(host: str) -> ssl.SSLSocket:
        context = ssl.create_default_context()
        secure = context.wrap_socket(raw, server_hostname=host, do_handshake_on_connect=False)
        current[0] = secure
        secure.do_handshake()
        return secure

    timer = threading.Timer(max(end - time.monotonic(), 0), cut)
    timer.daemon = True
    timer.start()
    try:
        yield secured
    finally:
        timer.cancel()
        current[0].close()


def _answer(response: http.client.HTTPResponse, at: str) -> _Answer:
    location = response.headers.get("Location")
    if response.status in _REDIRECTS and location:
        return _Answer(content=b"", media_type="", redirect=location)
    if response.status != http.HTTPStatus.OK:
        raise UnreadableReport(
            f"{at} was not given out (status {response.status} {response.reason[:40]}); {_SAVE}."
        )
    if (response.length or 0) > LARGEST_ANSWER:
        raise _too_large(at)
    content = bytearray()
    while part := response.read1(_AT_ONCE):
        content += part
        if len(content) > LARGEST_ANSWER:
            raise _too_large(at)
    if response.length:
        raise http.client.IncompleteRead(bytes(content), response.length)
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    return _Answer(
        content=_unpacked(bytes(content), coding, at),
        media_type=response.headers.get_content_type(),
        redirect=None,
    )


def _unpacked(content: bytes, coding: str, at: str) -> bytes:
    if coding in ("identity", ""):
        return content
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise UnreadableReport(f"{at} was sent packed in an unknown way ({coding[:20]}); {_SAVE}.")
    # 32: either of both, as its head says.
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS + 32)
    unpacked = unpacking.decompress(content, LARGEST_ANSWER + 1)
    if len(unpacked) > LARGEST_ANSWER:
        raise _too_large(at)
    if not unpacking.eof:
        raise http.client.IncompleteRead(content)
    return unpacked


def _suffix(media_type: str, path: str, at: str) -> str:
    suffix = _SUFFIXES.get(media_type)
    ending = path[path.rfind(".") :].lower() if "." in path.rpartition("/")[2] else ""
    if media_type in ("application/octet-stream", "text/plain") and ending in _SUFFIXES.values():
        return ending
    if suffix is None:
        raise UnreadableReport(
            f"{at} is of the kind {media_type[:60]}; Pincite reads web pages, PDF, Word, plain "
            "text and Markdown."
        )
    return suffix


def _too_large(at: str) -> UnreadableReport:
    return UnreadableReport(
        f"{at} has more than {LARGEST_ANSWER / 1e6:.0f} MB; a report has less: save the part that "
        "is the report and add the file."
    )


def _failed(at: str, error: Exception, end: float, seconds: float) -> UnreadableReport:
    if isinstance(error, TimeoutError) or time.monotonic() >= end:
        return UnreadableReport(
            f"{at} was not there whole within {seconds:g} s; try again, or {_SAVE}."
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return UnreadableReport(
            f"{at} does not prove that it is who it says ({error.verify_message}); {_SAVE} if you "
            "trust it."
        )
    if isinstance(error, http.client.IncompleteRead):
        return UnreadableReport(f"{at} was cut short on the way; try again, or {_SAVE}.")
    if isinstance(error, socket.gaierror):
        return UnreadableReport(f"{at} has no server of that name that can be found; check it.")
    detail = " ".join(str(getattr(error, "strerror", None) or error).split())[:80]
    return UnreadableReport(f"{at} cannot be reached ({detail or type(error).__name__}); {_SAVE}.")
