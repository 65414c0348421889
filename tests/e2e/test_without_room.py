"""A full disk, and one that cannot be written to: a sentence, and what is there answers."""

import ctypes
import json
import os
import shutil
import sys

import pytest

from tests.conftest import DIGEST_ID

QUESTION = "What is songbun?"
DRAFT = "The report says that “Nobody may leave the country without a permit” of the state.\n"
# From <sys/mount.h> of Linux.
_MS_RDONLY, _MS_REMOUNT, _MS_BIND = 1, 32, 4096


@pytest.fixture
def mounted(tmp_path):
    """Mounts a file system at a new folder; skips the test where the system does not allow it."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting is for the administrator of a Linux system")
    libc = ctypes.CDLL(None, use_errno=True)
    folders = []

    def mount(source, kind, *flags, options=""):
        folder = tmp_path / f"mounted-{len(folders)}"
        folder.mkdir()
        folders.append(folder)
        for flag in flags:
            names = (os.fsencode(source), os.fsencode(folder), kind.encode())
            if libc.mount(*names, ctypes.c_ulong(flag), options.encode()):
                pytest.skip(f"no mounting here: {os.strerror(ctypes.get_errno())}")
        return folder

    yield mount
    for folder in folders:
        libc.umount2(os.fsencode(folder), 2)


@pytest.fixture
def only_read(mounted):
    """The same folder where nothing can be written."""
    flags = (_MS_BIND, _MS_BIND | _MS_REMOUNT | _MS_RDONLY)
    return lambda folder: mounted(folder, "none", *flags)


@pytest.fixture
def filled(mounted, prepared):
    """A library on a disk that has so many kB left, the library's folder, and what fills it."""

    def fill(free):
        folder = mounted("tmpfs", "tmpfs", 0, options="size=8m")
        shutil.copytree(prepared, folder / "library")
        left = shutil.disk_usage(folder).free
        (folder / "fill").write_bytes(b"\0" * (left - free * 1024))
        return folder / "library", folder / "fill"

    return fill


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "norland.txt"
    paragraphs = [
        f"Wells ran dry in valley {number}, and {number} people left." for number in range(9)
    ]
    path.write_text("Norland\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return path


def one_sentence(ran):
    return ran.err.startswith("pincite: ") and ran.err.endswith(".\n") and ran.err.count("\n") == 1


@pytest.mark.parametrize("index", ["whole", "missing"])
def test_a_library_that_cannot_be_written_to_answers(pincite, prepared, only_read, tmp_path, index):
    library = tmp_path / "library"
    shutil.copytree(prepared, library)
    if index == "missing":
        shutil.rmtree(library / "index")
    before = sorted(path.name for path in library.rglob("*"))
    where = ["--library", str(only_read(library))]
    asked = pincite("ask", QUESTION, "--json", *where)
    assert asked.out == pincite("ask", QUESTION, "--json", "--library", str(prepared)).out
    assert "ascribed status" in pincite("chat", *where, stdin=f"{QUESTION}\n").out
    assert DIGEST_ID in pincite("list", *where).out
    assert pincite("show", DIGEST_ID, *where).status == 0
    assert "not in the library" in pincite("verify", "-", *where, stdin=DRAFT).out
    assert pincite("cite", json.loads(asked.out)["hits"][0]["passage_id"], *where).status == 0
    assert sorted(path.name for path in library.rglob("*")) == before


def test_what_cannot_be_done_there_is_one_sentence(pincite, prepared, only_read, report):
    where = ["--library", str(only_read(prepared))]
    for command in (["add", str(report)], ["remove", DIGEST_ID], ["rebuild"]):
        ran = pincite(*command, *where)
        assert ran.status == 1
        assert one_sentence(ran), ran.err
        assert "cannot be written to" in ran.err


@pytest.mark.parametrize("free", [0, 60, 400])
def test_a_full_disk_is_one_sentence_and_the_library_answers_as_before(
    pincite, prepared, filled, report, free
):
    library, fill = filled(free)
    where = ["--library", str(library)]
    ran = pincite("add", str(report), *where)
    assert ran.status == 1
    assert one_sentence(ran), ran.err
    asked = pincite("ask", QUESTION, "--json", *where)
    assert asked.out == pincite("ask", QUESTION, "--json", "--library", str(prepared)).out
    fill.unlink()
    assert pincite("add", str(report), *where).status == 0
    assert not list(library.rglob(".pincite-*"))


def test_no_room_for_the_index_of_a_report_that_was_added_leaves_the_older_one(
    pincite, prepared, filled, report
):
    library, fill = filled(4_000)
    where = ["--library", str(library)]
    assert pincite("add", str(report), *where).status == 0
    shutil.rmtree(library / "index")
    shutil.copytree(prepared / "index", library / "index")
    with fill.open("ab") as file:
        file.write(b"\0" * (shutil.disk_usage(library).free - 100_000))
    asked = pincite("ask", QUESTION, *where)
    assert "ascribed status" in asked.out
    assert asked.err.startswith("What was added last is not searched: the search index in ")
    assert asked.err.count("\n") == 1
    fill.unlink()
    assert "valley 7" in pincite("ask", "Which wells ran dry in valley 7?", *where).out
