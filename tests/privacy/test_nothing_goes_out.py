"""The commands open no connection, but to the host of an address that is added."""

import http.server
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest

PAGE = b"""<!doctype html><html lang="en"><head><title>Norland</title></head><body><article>
<h1>Norland</h1><p>Wells ran dry in the Tarn valley in May 2021, and tankers were sent there.</p>
<p>A permit was demanded for every march of more than fifteen people from then on.</p>
</article></body></html>"""


class Serving(http.server.BaseHTTPRequestHandler):
    """Serves one page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = http.server.HTTPServer(("127.0.0.1", 0), Serving)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_adding_an_address_connects_to_its_host_alone(watch, address):
    watched = watch()
    ran = watched.run("add", f"http://{address}/page", "--allow-private")
    assert ran.returncode == 0, ran.stderr
    host, _, port = address.partition(":")
    (connected,) = watched.did("connection")
    assert f"('{host}', {port})" in connected


def calls(trace: str) -> list[str]:
    """The system calls of a trace that reach for a network: no pair of a process with itself."""
    reaching = re.compile(r"(?:connect|bind|sendto|sendmsg|sendmmsg)\(\d+, .*AF_INET")
    return [line for line in trace.splitlines() if reaching.search(line)]


def test_the_systems_calls_show_no_connection_either(watch):
    """Also of libraries that are not in Python, which its audit does not see."""
    strace = shutil.which("strace")
    if strace is None or subprocess.call([strace, "-o", "/dev/null", "true"]):
        pytest.skip("needs strace, and leave to use it")
    watched = watch()
    trace = watched.folder.with_name(f"{watched.folder.name}-trace")
    under = (strace, "-f", "-qq", "-e", "trace=%network", "-o", str(trace))
    ran = watched.run("ask", "-", stdin="What is songbun?", before=under)
    assert "Songbun" in ran.stdout
    assert calls(trace.read_text("utf-8")) == []


def test_such_calls_would_be_found():
    said = 'connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("1.2.3.4")}, 16)'
    assert calls(f"7 {said} = 0\n") != []
