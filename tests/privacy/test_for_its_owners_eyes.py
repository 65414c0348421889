"""What Pincite keeps can be read by its owner alone, whatever the umask."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.private import make_file, narrow
from corpus.storage.library import Library
from tests.privacy.watching import Watched

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
REPORT = "# Norland\n\n## Water\n\nWells ran dry in the Tarn valley in May 2021, a report said.\n"


def open_to_others(folder: Path) -> dict[str, str]:
    """What stands in a folder and others can use, with its mode."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        if (mode := stat.S_IMODE(path.lstat().st_mode)) & 0o077:
            found[str(path)] = oct(mode)
    return found


@pytest.fixture(scope="module")
def used(watch: Callable[..., Watched]) -> Watched:
    """Folders in which everything that Pincite keeps by itself was made, with an umask of 0."""
    watched = watch(used=False)
    (watched.folder / "here" / "norland.md").write_text(REPORT, encoding="utf-8")
    added = watched.run("add", "norland.md", "--period", "2021")
    assert added.returncode == 0, added.stderr
    watched.run("verify", "Wells ran dry in the Tarn valley in May 2021")
    return watched


def test_all_that_is_kept_is_its_owners(used):
    kept = {path.name for path in used.library.iterdir()}
    assert {"library.sqlite", "index", "quotations-2"} <= kept
    assert open_to_others(used.library) == {}


def test_what_was_open_to_others_is_narrowed_when_it_is_used(used):
    older = used.folder / "older"
    shutil.copytree(used.library, older)
    for path in (older, *older.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    for command in (["ask", "-"], ["verify", "Wells ran dry in the Tarn valley in May 2021"]):
        used.run(*command, "--library", str(older), stdin="What ran dry in the Tarn valley?")
    # A folder that the person made may hold more than the library.
    assert set(open_to_others(older)) == {str(older)}


def test_a_folder_that_the_person_made_stays_as_it_is_with_all_of_theirs_in_it(tmp_path):
    tmp_path.chmod(0o755)
    theirs = tmp_path / "notes.txt"
    theirs.touch()
    theirs.chmod(0o644)
    with Library(tmp_path) as library:
        assert stat.S_IMODE(library.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert stat.S_IMODE(theirs.stat().st_mode) == 0o644


def test_where_a_link_leads_nothing_is_narrowed(tmp_path):
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "file").touch()
    (outside / "file").chmod(0o644)
    (folder / "link").symlink_to(outside)
    outside.chmod(0o755)
    narrow(folder)
    assert stat.S_IMODE(outside.stat().st_mode) == 0o755
    assert stat.S_IMODE((outside / "file").stat().st_mode) == 0o644


def test_making_a_file_leaves_one_that_is_there(tmp_path):
    file = tmp_path / "file"
    file.write_text("here", encoding="utf-8")
    make_file(file)
    assert file.read_text("utf-8") == "here"
