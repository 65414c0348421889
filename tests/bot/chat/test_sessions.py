"""Whole chats as one text each: `> ` before what is typed, everything else is what is shown."""

import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console, Group

from bot.assemble import Pincite
from bot.chat.talk import Effect, Talk
from bot.chat.turns import respond
from bot.cli.progress import display
from bot.measuring.feedback import FeedbackStore
from bot.settings import Settings
from embeddings.judging.verdict import model_to_json, shipped_models

SESSIONS = sorted((Path(__file__).parent / "sessions").glob("*.txt"))
WIDTH = 80


@pytest.fixture(scope="module")
def opened(prepared: Path) -> Iterator[Pincite]:
    pincite = Pincite(Settings.read(library=str(prepared)), display)
    yield pincite
    pincite.library.close()


def typed(session: str) -> list[str]:
    return re.findall(r"^> (.*)$", session, re.MULTILINE)


def width_of(path: Path) -> int:
    found = re.search(r"-(\d+)$", path.stem)
    return int(found[1]) if found else WIDTH


def played(lines: list[str], pincite: Pincite, width: int = WIDTH) -> str:
    talk, shown = Talk(), ""
    for line in lines:
        said, talk = respond(line, talk, pincite, width)
        output = Console(width=width, highlight=False, color_system=None, legacy_windows=False)
        with output.capture() as captured:
            output.print(Group(*said.lines))
        shown += f"> {line}\n{captured.get()}\n"
        if said.effect is Effect.LEAVE:
            break
    return shown


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_session_reads_as_written(path: Path, opened: Pincite) -> None:
    expected = path.read_text(encoding="utf-8")
    assert played(typed(expected), opened, width_of(path)) == expected


def test_pipe_gets_the_same_without_prompts_and_escapes(
    prepared: Path, opened: Pincite, pincite
) -> None:
    session = (Path(__file__).parent / "sessions" / "digest.txt").read_text(encoding="utf-8")
    ran = pincite(
        "chat", "--library", str(prepared), stdin="\n".join([*typed(session), "", "/quit", "?"])
    )
    assert ran.status == 0
    assert ran.out == re.sub(r"^> .*\n", "", session, flags=re.MULTILINE)
    assert ran.err == ""


def test_nothing_shown_is_wider_than_the_terminal(opened: Pincite) -> None:
    lines = typed((Path(__file__).parent / "sessions" / "digest.txt").read_text(encoding="utf-8"))
    for width in (40, 200):
        shown = played(lines, opened, width).splitlines()
        assert max(len(line) for line in shown if not line.startswith("> ")) <= min(width, 90)


def test_judgements_are_kept_only_after_a_yes(prepared: Path, own_copy) -> None:
    pincite = Pincite(Settings.read(library=str(own_copy(prepared))), display)
    store = FeedbackStore(pincite.library.folder)
    lines = ["What is songbun?", "/right", "no", "/right", "What is songbun?", "yes"]
    shown = played(lines, pincite)
    assert shown.count("Yes or no") == 2
    assert "Nothing was kept." in shown
    assert store.list() == []

    shown = played(
        ["What is songbun?", "that's right", "Yes.", "/wrong", "Who won the league?", "/right"],
        pincite,
    )
    assert shown.count("Yes or no") == 1
    kept = sorted((entry.said, entry.question) for entry in store.list())
    assert kept == [
        ("right", "What is songbun?"),
        ("should have said no", "Who won the league?"),
        ("wrong passage", "What is songbun?"),
    ]
    pincite.library.close()


def test_an_answer_is_explained_by_the_verdict_that_judged_it(prepared: Path, own_copy) -> None:
    pincite = Pincite(Settings.read(library=str(own_copy(prepared))), display)
    shipped = shipped_models()[-1]
    own = replace(shipped, perhaps_from=1.0)
    pincite.verdict_file.write_text(model_to_json(own), encoding="utf-8")
    said, talk = respond("What is songbun?", Talk(), pincite, WIDTH)
    assert "≈ These reports" in said.lines[0].plain
    for _ in ("by the verdict that judged", "by that one still after another was fitted"):
        card, _ = respond("/explain", talk, pincite, WIDTH)
        assert "(below 1.00: related, not an answer)" in " ".join(line.plain for line in card.lines)
        pincite.verdict_file.unlink(missing_ok=True)
    _, talk = respond("What is songbun?", talk, pincite, WIDTH)
    card, _ = respond("/explain", talk, pincite, WIDTH)
    assert "(perhaps from 0.43; without a reader" in " ".join(line.plain for line in card.lines)
    pincite.library.close()


def test_conversation_is_saved_once_and_for_its_owner_alone(
    opened: Pincite, tmp_path: Path
) -> None:
    path = tmp_path / "notes.md"
    lines = ["What is songbun?", "hello", f"/save {path}", f"save it as {path}", "/save /none/x.md"]
    shown = " ".join(played(lines, opened).split())
    assert "only you can read it" in shown
    assert "exists already; choose another name" in shown
    assert "cannot be written" in shown
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    assert "## What is songbun?" in text
    assert "**North Korea kept up “Songbun”" in text
    assert "> — Pincite’s digest of Amnesty International" in text
    assert "hello" not in text


def test_a_report_in_its_own_words_is_quoted_opened_and_filtered(with_invented: Path) -> None:
    pincite = Pincite(Settings.read(library=str(with_invented)), display)
    shown = played(
        ["How many people fled to Kell in 2021?", "more", "/open", "/section food", "/all"],
        pincite,
    )
    assert re.search("^[▌┆] By December, at least 217", shown, re.MULTILINE)
    assert "“Freedom of movement”, para. 3" in " ".join(shown.split())
    assert "Only section “food”: 3 passages." in shown
    pincite.library.close()
