"""What a system may lack, taken away from a child: what it then does is done on this system."""

import subprocess
import sys

# Python has these on Unix only; in the last's place asyncio's loop on Windows raises.
WITHOUT_UNIX = """
import asyncio, os

for name in ("preadv", "pread", "pwritev", "pwrite", "sendfile", "fork"):
    if hasattr(os, name):
        delattr(os, name)
loop = type(asyncio.new_event_loop())
loop.add_signal_handler = asyncio.AbstractEventLoop.add_signal_handler
"""

EVERY_MODULE = """
import importlib, pkgutil
import bot, corpus, embeddings

for package in (corpus, embeddings, bot):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
"""

A_SEARCH = """
import sys
from pathlib import Path
import numpy as np
from embeddings.local.dense import DenseIndex, VectorFile

folder, vectors = Path(sys.argv[1]), np.eye(8, dtype=np.float32)
DenseIndex.build(folder, np.arange(8), VectorFile.write(folder, iter([vectors])), None)
found = DenseIndex.read(folder).search(vectors[3], 1, np.array([2, 3, 6]))
assert found == [(3, 1.0)], found
"""

SIGNALS = """
import asyncio, os, signal
from bot.telegram.application import stop_signals

async def told(number):
    with stop_signals() as stop:
        os.kill(os.getpid(), number)
        await asyncio.wait_for(stop.wait(), 10)

async def untold():
    with stop_signals():
        pass

before = signal.getsignal(signal.SIGTERM)
asyncio.run(untold())
assert signal.getsignal(signal.SIGTERM) == before
for number in (signal.SIGTERM, signal.SIGINT):
    asyncio.run(told(number))
    os.kill(os.getpid(), number)  # told again, it goes on stopping
"""


def test_nothing_needs_what_only_unix_has(tmp_path):
    program = WITHOUT_UNIX + EVERY_MODULE + A_SEARCH + SIGNALS
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
