"""Proxies on loopback, as small as they can be."""

import select
import socket
import socketserver
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def http_proxy() -> Iterator[tuple[str, list[str]]]:
    """An HTTP proxy: its address, and what it was asked to fetch."""
    fetched: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            fetched.append(self.path)
            request = urllib.request.Request(self.path, body, dict(self.headers))
            with urllib.request.urlopen(request, timeout=30) as answer:
                content = answer.read()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        proxy.daemon_threads = True
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_port}", fetched
        proxy.shutdown()


@contextmanager
def socks_proxy() -> Iterator[tuple[str, list[str]]]:
    """A SOCKS5 proxy (RFC 1928) without a password: its address, and where it was sent."""
    reached: list[str] = []

    class Proxy(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _, methods = self.rfile.read(2)
            self.rfile.read(methods)
            self.wfile.write(b"\x05\x00")
            *_, kind = self.rfile.read(4)
            length = 4 if kind == 1 else self.rfile.read(1)[0]
            address = self.rfile.read(length)
            host = socket.inet_ntoa(address) if kind == 1 else address.decode()
            port = int.from_bytes(self.rfile.read(2))
            reached.append(f"{host}:{port}")
            with socket.create_connection((host, port)) as there:
                self.wfile.write(b"\x05\x00\x00\x01" + bytes(6))
                ends = {self.connection: there, there: self.connection}
                while True:
                    for end in select.select(list(ends), [], [])[0]:
                        if not (some := end.recv(1 << 16)):
                            return
                        ends[end].sendall(some)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Proxy) as proxy:
        proxy.daemon_threads = True
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"socks5://127.0.0.1:{proxy.server_address[1]}", reached
        proxy.shutdown()
