"""Runs `pincite` again and again in processes of their own, without importing anew.

Reads a JSON list of arguments a line. Writes an object a line: `status`, `out`, `err`.
"""

import io
import json
import os
import sys
import tempfile
import traceback
from typing import BinaryIO

from bot import assemble
from bot.cli import main as cli
from bot.cli import progress
from bot.rendering import objects as render_json
from bot.rendering import reports as render_library
from bot.rendering import screen as terminal
from embeddings import retriever
from embeddings.encoders import onnx_encoder
from embeddings.encoders import whole_passages as encoding
from embeddings.local import index

# Imported once, before the first process forks off.
LOADED = (assemble, progress, render_json, render_library, terminal)
LOADED_TOO = (encoding, index, onnx_encoder, retriever)


def main() -> None:
    """Serve until the input ends."""
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


def run(arguments: list[str]) -> dict[str, object]:
    """One command in one process."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            command(arguments, out, err)
        _, code = os.waitpid(child, 0)
        said = [file.read().decode() for file in (out, err) if file.seek(0) == 0]
    status = os.waitstatus_to_exitcode(code)
    return {"status": status, "out": said[0], "err": said[1]}


def command(arguments: list[str], out: BinaryIO, err: BinaryIO) -> None:
    """What the process does; never returns."""
    status = 1
    try:
        for file, stream in ((out, 1), (err, 2)):
            os.dup2(file.fileno(), stream)
        sys.stdin = io.StringIO()
        sys.argv = ["pincite", *arguments]
        cli.main()
    except SystemExit as ended:
        status = int(ended.code or 0)
    except BaseException:  # noqa: BLE001  this process must not go on as its parent would
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
