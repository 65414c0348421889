"""Readers that do what damaged files make of a parser, for a process of its own to run."""

import os
import time
from pathlib import Path

from corpus.errors import UnreadableReport
from corpus.readers.document import Block, BlockKind, Document


def good(content, name):
    print("what a library prints")
    os.write(1, b"and what its C code does")
    text = content.decode()
    block = Block(kind=BlockKind.PARAGRAPH, start=0, stop=len(text))
    return Document(text=text, blocks=(block,), metadata={"title": Path(name).stem})


def refuses(content, name):
    raise UnreadableReport(f"{name} is locked; unlock it.")


def hangs(content, name):
    time.sleep(60)


def spins(content, name):
    while True:
        pass


def eats(content, name):
    held = []
    while True:
        held.append(bytearray(50_000_000))


def dies(content, name):
    os.kill(os.getpid(), 11)


def leaves(content, name):
    os._exit(0)


def recurses(content, name):
    return recurses(content, name)


def writes(content, name):
    return good(b"x" * 600_000_000, name)
