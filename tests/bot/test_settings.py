"""What the person has chosen: by the command, else by the environment, else the default."""

from pathlib import Path

from bot.settings import Settings
from embeddings.encoders.default_model import DEFAULT_MODEL


def test_the_command_wins_over_the_environment():
    environment = {"PINCITE_LIBRARY": "/a", "PINCITE_MODEL": "m"}
    chosen = Settings.read(environment)
    assert (chosen.library, chosen.model) == (Path("/a"), "m")
    chosen = Settings.read(environment, library="/b", model="n")
    assert (chosen.library, chosen.model) == (Path("/b"), "n")


def test_without_a_choice_it_is_the_data_folder_of_the_person(home):
    chosen = Settings.read({"PINCITE_LIBRARY": "", "PINCITE_MODEL": ""})
    assert chosen.model == DEFAULT_MODEL
    assert home in chosen.library.parents
    assert chosen.library.name == "pincite"
    assert home in chosen.cache.parents


def test_a_home_may_be_written_short(home):
    assert Settings.read({"PINCITE_LIBRARY": "~/l"}).library == home / "l"
