"""What is made aside is gone with its maker, however that ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.aside import aside, sweep

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no locks of this kind")
MAKES_ONE_AND_WAITS = """
import sys
from pathlib import Path
from corpus.aside import aside
with aside(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("half")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path):
    """A process that is making something aside, and where."""
    with subprocess.Popen(
        [sys.executable, "-c", MAKES_ONE_AND_WAITS, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as process:
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_a_folder_aside_goes_at_the_end_also_where_something_is_raised(tmp_path):
    def make():
        with aside(tmp_path) as folder:
            (folder / "file").write_text("text", encoding="utf-8")
            raise KeyError

    with pytest.raises(KeyError):
        make()
    assert list(tmp_path.iterdir()) == []


def test_what_another_process_is_making_stays_and_what_a_killed_one_left_goes(tmp_path, other):
    process, folder = other
    (tmp_path / ".pincite").mkdir()
    sweep(tmp_path)
    with aside(tmp_path):
        assert (folder / "half").exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    sweep(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == [".pincite"]
