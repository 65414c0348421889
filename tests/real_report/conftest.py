"""The report that the shipped digest retells, where it lies beside the checkout.

It may not be copied into the repository: these tests are an extra, and nothing else needs it.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REPORT = "shared/reports/amnesty-report-2021-22-north-korea.txt"


@pytest.fixture(scope="session")
def real_report() -> Path:
    path = Path(__file__).resolve().parents[3] / REPORT
    if not path.is_file():
        pytest.skip(f"an extra: needs {REPORT} in the folder that holds the checkout")
    return path


@pytest.fixture(scope="session")
def with_real(
    pincite: Callable[..., Any],
    prepared: Path,
    real_report: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A library with the digest and the real report; copy it before changing it."""
    folder = tmp_path_factory.mktemp("with-real") / "library"
    shutil.copytree(prepared, folder)
    options = ["--publisher", "Amnesty International", "--country", "North Korea"]
    command = ["add", str(real_report), *options, "--period", "2021"]
    ran = pincite(*command, "--library", str(folder))
    assert ran.status == 0, ran.err
    return folder
