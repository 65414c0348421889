"""A prepared model for every watched folder: preparing it is tested elsewhere, and takes seconds."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from tests.privacy.watching import Watched


@pytest.fixture(scope="session")
def watch(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Watched]:
    """Begins to watch folders of their own."""
    cache = tmp_path_factory.mktemp("cache")
    shutil.copytree(user_cache_path("pincite", appauthor=False), cache / "pincite")

    def begin() -> Watched:
        folder = tmp_path_factory.mktemp("watched")
        return Watched.begin(folder, cache, folder.with_name(f"{folder.name}-noted"))

    return begin
