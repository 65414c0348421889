"""What the Telegram bot's memory of talks takes, over rounds of 200 people who ask once each.

python tests/bench/remembering.py [LIBRARY] [ROUNDS] [MOST_VIEWS]

Nothing is sent: what is kept of a question and its answer is made as the bot makes it. With fewer
views at most (MOST_VIEWS) than are made, it is seen that memory stays once so many are reached.
"""

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import about, resident_mb, said

from bot.answering.answer import Answer
from bot.assemble import Pincite
from bot.cli.progress import display
from bot.conversation.moves import EMPTY
from bot.settings import Settings
from bot.telegram import state
from bot.telegram.engine import Engine
from bot.telegram.messages.view import View
from bot.telegram.state import Talks, new_key

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 200
QUESTIONS = (
    "How many people fled to the South in 2021?",
    "What is songbun?",
    "How many detainees are held in kwanliso?",
    "Who may use the internet?",
    "What is said about vaccines?",
)


def main() -> None:
    """Print megabytes after each round."""
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        library = given[0] if given else folder
        command = [sys.executable, "-m", "bot", "rebuild", "--library", library]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        if len(given) > 2:
            state._MOST_VIEWS_IN_ALL = int(given[2])
        pincite = Pincite(Settings.read(library=library, reads=False), display)
        rounds = asyncio.run(measured(pincite, int(given[1]) if len(given) > 1 else 20))
    said({**about(), "people a round": PEOPLE, "resident MB after each round": rounds})


async def measured(pincite: Pincite, rounds: int) -> list[float]:
    """Resident megabytes after each round of people who have not asked before."""
    engine, talks, resident = Engine(pincite), Talks(), []
    for first in range(0, rounds * PEOPLE, PEOPLE):
        await asyncio.gather(*(ask(engine, talks, first + number) for number in range(PEOPLE)))
        talks.shrink()
        resident.append(resident_mb())
    engine.close()
    return resident


async def ask(engine: Engine, talks: Talks, person: int) -> None:
    """A person asks, and their talk keeps what was answered."""
    reply, after = await engine.reply(QUESTIONS[person % len(QUESTIONS)], EMPTY)
    assert isinstance(reply, Answer)
    talk = talks.of(person, person)
    talk.conversation = after
    talk.show(View(key=new_key(), answer=reply), asked_in=person, before=EMPTY)


if __name__ == "__main__":
    main()
