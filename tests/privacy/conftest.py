"""A prepared model for every watched folder, and a library for some; preparing takes seconds."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from tests.privacy.watching import Watched


@pytest.fixture(scope="session")
def watch(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Watched]:
    """Begins to watch folders of their own, with a library that has been used where so wished."""
    cache = tmp_path_factory.mktemp("cache")
    shutil.copytree(user_cache_path("pincite", appauthor=False), cache / "pincite")

    def begin(*, used: bool = True) -> Watched:
        folder = tmp_path_factory.mktemp("watched")
        watched = Watched.begin(folder, cache, folder.with_name(f"{folder.name}-noted"))
        if used:
            shutil.copytree(prepared, watched.library)
        return watched

    return begin
