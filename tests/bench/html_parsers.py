"""Measures parsers of HTML: a page's time, and what is nested without end.

    python -m tests.bench.html_parsers [PAGE.html]

Each is asked for a page (one made here by default) and for 1,000, 10,000 and 100,000 nested `div`
with words in the innermost; a parser that takes more than 20 s is given up. Those that are not
installed are left out.
"""

import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

PARSERS = {"selectolax": "Lexbor", "html5lib": "html5lib", "lxml": "lxml"}
DEPTHS = (1_000, 10_000, 100_000)
PATIENCE = 20
PARAGRAPH = "<section><h2>Head</h2><p>Words of a <b>report</b>, and more of them.</p></section>"


def main(*pages: str) -> None:
    """Print a line for each parser and each page."""
    for package, name in PARSERS.items():
        if find_spec(package) is None:
            print(f"{name}: not installed")
            continue
        for asked in (*(pages or ("made",)), *map(str, DEPTHS)):
            command = [sys.executable, __file__, "--one", package, asked]
            try:
                done = subprocess.run(
                    command, capture_output=True, text=True, timeout=PATIENCE, check=False
                )
                print(f"{name}, {asked}: {done.stdout.strip() or 'failed'}")
            except subprocess.TimeoutExpired:
                print(f"{name}, {asked}: more than {PATIENCE} s")


def one(package: str, asked: str) -> None:
    """Parse one page with one parser, and say how long it took and whether its words are there."""
    if asked.isdigit():
        depth = int(asked)
        html = "<div>" * depth + "<p>deep words</p>" + "</div>" * depth
    else:
        made = f"<body>{PARAGRAPH * 4_000}</body>"
        html = made if asked == "made" else Path(asked).read_text("utf-8")
        html = html.replace("</body>", "<p>deep words</p></body>")
    reader = {"selectolax": _lexbor, "html5lib": _html5lib, "lxml": _lxml}[package]
    reader("<p>imported before it is timed</p>")
    began = time.perf_counter()
    found = reader(html)
    print(f"{time.perf_counter() - began:.3f} s, words {'kept' if found else 'lost'}")


def _lexbor(html: str) -> bool:
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).root
    assert root is not None
    texts = (node.text_content or "" for node in root.traverse(include_text=True))
    return any("deep words" in text for text in texts)


def _html5lib(html: str) -> bool:
    import html5lib

    sys.setrecursionlimit(1_000_000)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return any("deep words" in (element.text or "") for element in tree.iter())


def _lxml(html: str) -> bool:
    from lxml import etree

    tree = etree.HTML(html, etree.HTMLParser(huge_tree=True))
    return tree is not None and any("deep words" in (one.text or "") for one in tree.iter())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
