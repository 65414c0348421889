"""A proxy, metrics, a token file, and a library that grows while the bot runs."""

import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

from beside import beside
from proxies import http_proxy
from running import running_bot
from telegram_server import TOKEN, TelegramServer
from webhooks import free_port

from corpus.storage.library import Library

ROOT = Path(__file__).parents[2]


@beside
def test_proxy_metrics_and_a_library_that_grows(library: Path, page: str, folder: Path) -> None:
    own = Path(shutil.copytree(library, folder / "own"))
    port = free_port()
    with TelegramServer(flood=None) as server, http_proxy() as (address, fetched):
        options = ("--proxy", address, "--metrics", str(port))
        with running_bot(server, own, folder / "log", *options):
            chat = server.private(server.person(1))
            chat.says("How deep are the wells of the Tarn valley in Norland?")
            assert "Watch House" not in chat.wait_for_answer().text
            report = folder / "norland.txt"
            report.write_text(page, encoding="utf-8")
            about = ("--publisher", "Watch House", "--country", "Norland", "--period", "2021")
            command = [sys.executable, "-m", "bot", "add", str(report), *about]
            subprocess.run([*command, "--library", str(own)], check=True, cwd=ROOT)
            chat.says("Which wells ran dry in the Tarn valley of Norland?")
            answer = chat.wait_for_answer(30)
            assert "Watch House" in answer.text
            for number in range(5):
                other = server.private(server.person(10 + number))
                other.says("Which wells ran dry in Norland?")
                other.wait_for_answer()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as told:
                metrics = told.read().decode()
            counts = [
                int(line.rpartition(" ")[2]) for line in metrics.splitlines() if "kind" in line
            ]
            assert all(count >= 5 for count in counts)
            assert "pincite_telegram_answer_seconds_count 5" in metrics
        assert any("sendMessage" in url for url in fetched)
        server.check()


@beside
def test_a_passage_longer_than_a_message_comes_and_goes_in_parts(
    prepared: Path, folder: Path
) -> None:
    """Every sentence arrives once, in quotations with their place; an edit takes all away."""
    own = Path(shutil.copytree(prepared, folder / "own"))
    # One sentence: a longer paragraph of several is several passages.
    fees = [f"in month {number} the harbour of Orrest raised its fee," for number in range(150)]
    fees = ["The council wrote that", *fees, "and nobody asked why."]
    report = folder / "orrest.txt"
    report.write_text(f"Orrest\n\nHarbour fees\n\n{' '.join(fees)}\n", encoding="utf-8")
    command = [sys.executable, "-m", "bot", "add", str(report), "--library", str(own)]
    subprocess.run(command, check=True, cwd=ROOT)
    with TelegramServer(flood=None) as server, running_bot(server, own, folder / "log") as bot:
        chat = server.private(server.person(1))
        asked = chat.says("In which month did the harbour of Orrest raise its fee?")
        first = chat.wait_for_answer()
        while not chat.answers[-1].buttons:
            chat.wait_for_answer()
        parts = [p for p in chat.answers if "Part " in p.text]
        quoted = [quote for part in parts for quote in part.marked("expandable_blockquote")]
        assert " ".join(quoted) == " ".join(fees)
        assert all("Harbour fees" in part.text for part in parts)
        server.wait_until_idle()
        asked.edit("What is songbun?")
        first.wait_for_edit()
        parts[-1].wait_for_deletion()
        assert [p.id for p in chat.messages] == [asked.id, first.id]
        opened = server.follow(server.person(2), f"https://t.me/pincite_bot?start={only_id(own)}")
        opened.wait_for_answer()
        assert bot.said.count("error") == 0
        server.check()


def only_id(own: Path) -> str:
    """The id of the one passage of the report about Orrest."""
    with Library(own) as library:
        report = next(entry.report for entry in library.entries() if entry.report.title == "Orrest")
        (passage,) = library.all_passages(report.id)
        return passage.id


def test_wrong_options_are_one_sentence_before_anything_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN)
    wrong: dict[tuple[str, ...], str] = {
        (): "there is no Telegram token",
        ("--token-file", str(tmp_path / "none")): "cannot be read",
        ("--token-file", str(tmp_path / "token"), "--webhook", "nonsense"): "no web address",
    }
    for options, words in wrong.items():
        command = [sys.executable, "-m", "bot", "telegram", "--library", str(tmp_path / "library")]
        ran = subprocess.run(
            [*command, *options], capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert ran.returncode == 2
        (line,) = ran.stderr.splitlines()
        assert words in line
        assert TOKEN not in line
    assert not (tmp_path / "library").exists()
