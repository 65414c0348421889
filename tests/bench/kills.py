"""Kill Pincite with SIGKILL at many moments, and look at what it leaves.

    python tests/bench/kills.py [MOMENTS] [--of NAME ...] > KILLS.json

Each way of writing runs once to its end, which says how much processor time it takes; then it is
killed at moments spread evenly over that time, at random within each part, of processor time, so
that a busy machine does not change them. After each kill the library opens and answers as before
or as after; the same command runs to its end; nothing that was committed is encoded again; and no
file is there that is not there where nothing was killed. MOMENTS (300) are shared out among the
ways. Prints how many kills there were, how many came in time, and what was wrong, by way of
writing; ends with 1 where anything was.
"""

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

from killing import WAYS, Killed, killing
from measuring import about, said


def main() -> int:
    """Run the bench; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("moments", nargs="?", type=int, default=300)
    parser.add_argument("--of", nargs="*", default=list(WAYS), choices=list(WAYS))
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pincite-kills-"))
    found = {}
    try:
        with killing(folder) as at:
            each = -(-given.moments // len(given.of))
            for name in given.of:
                found[name] = _counted(at.kill(name, each, random.Random(name)))
                print(name, found[name], file=sys.stderr)
    finally:
        shutil.rmtree(folder)
    said({**about(), "ways": found})
    return 1 if any(one["wrong"] for one in found.values()) else 0


def _counted(kills: "list[Killed]") -> dict[str, object]:
    return {
        "moments": len(kills),
        "killed": sum(one.in_time for one in kills),
        "seconds": round(kills[0].of, 2),
        "wrong": [f"at {one.moment:.3f} s: {one.wrong}" for one in kills if one.wrong],
    }


if __name__ == "__main__":
    sys.exit(main())
