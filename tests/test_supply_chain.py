"""What is installed with Pincite: no pin for nothing, no licence that was not agreed to.

The check for known vulnerabilities asks a service, and is made by hand: SECURITY.md tells how.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
# What matplotlib brings, which `make test` does not install.
OF_MATPLOTLIB = {"contourpy", "cycler", "fonttools", "kiwisolver", "pyparsing", "python-dateutil"}
EVERYTHING = "pincite[test,styles,bench,training]"

# As SPDX names them. Apache-2.0 may be handed out with all of these.
ACCEPTED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-2-Clause-Views",
    "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-CMU", "MPL-2.0",
    "PSF-2.0", "Zlib",
}  # fmt: skip
# Used as libraries that anybody can exchange for their own build, which SECURITY.md tells.
WEAK_COPYLEFT = {"pycountry": "LGPL-2.1-only", "python-telegram-bot": "LGPL-3.0-only"}
# What metadata say in other words.
IN_SPDX = {
    "apache 2.0": "Apache-2.0",
    "apache 2.0 license": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "3-clause bsd license": "BSD-3-Clause",
    "bsd": "BSD-3-Clause",
    "bsd 2-clause license": "BSD-2-Clause",
    "bsd license": "BSD-3-Clause",
    "bsd-3-clause, apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
}


def needed(root: str) -> tuple[set[str], set[str]]:
    """What a distribution needs, with all that needs: what is installed, and what is not."""
    here, absent, seen, left = set(), set(), set(), [Requirement(root)]
    while left:
        wanted = left.pop()
        name = canonicalize_name(wanted.name)
        if (key := (name, frozenset(wanted.extras))) in seen:
            continue
        seen.add(key)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            absent.add(name)
            continue
        here.add(name)
        for text in found.requires or []:
            one = Requirement(text)
            extras = [{"extra": extra} for extra in ("", *wanted.extras)]
            if one.marker is None or any(one.marker.evaluate(extra) for extra in extras):
                left.append(one)
    return here - {"pincite"}, absent


@pytest.fixture(scope="module")
def installed() -> set[str]:
    try:
        here, absent = needed(EVERYTHING)
    except PackageNotFoundError as missing:
        pytest.skip(f"needs the installation with its tools: {missing} is not here")
    if absent - {"matplotlib"}:
        pytest.skip(f"needs the whole installation: {', '.join(sorted(absent))} is not here")
    return here


def stated(one: Distribution) -> Iterator[str]:
    """What a distribution's metadata say of its licence, the surest first."""
    about = one.metadata
    yield about.get("License-Expression") or ""
    said = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    yield " AND ".join(
        IN_SPDX.get(last.lower(), last)
        for last in (line.rpartition("::")[2].strip() for line in said)
    )
    yield about.get("License") or ""


def spdx(text: str) -> set[str]:
    """The licences of an expression by their SPDX names; none where it is not sure to name any."""
    try:
        known = canonicalize_license_expression(IN_SPDX.get(text.lower(), text))
    except ValueError:
        return set()
    return set(re.split(r" (?:AND|OR) ", known.replace("(", "").replace(")", "")))


def licences(one: Distribution) -> set[str]:
    """The licences of a distribution."""
    return next(filter(None, map(spdx, stated(one))), set())


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the list is that of Python 3.11")
def test_every_pin_is_of_what_something_installs(installed):
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonicalize_name(line.partition("==")[0]) for line in lines}
    assert pinned == installed | {"matplotlib"} | OF_MATPLOTLIB


def test_every_licence_is_accepted(installed):
    found = {name: licences(distribution(name)) for name in installed}
    assert [name for name, of in found.items() if not of] == []
    strange = {name: of - ACCEPTED for name, of in found.items() if of - ACCEPTED}
    assert strange == {name: {of} for name, of in WEAK_COPYLEFT.items()}


def test_what_a_licence_is_is_not_guessed():
    assert spdx("GNU General Public License v3 (GPLv3)") == set()
    assert spdx("MIT AND GPL-3.0-or-later") - ACCEPTED == {"GPL-3.0-or-later"}


def test_the_light_installation_takes_no_file_without_a_hash():
    text = (ROOT / "requirements-light.txt").read_text(encoding="utf-8")
    lines = text.replace("\\\n", "").splitlines()
    pinned = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(pinned) > 30
    for line in pinned:
        assert re.fullmatch(r"[\w.-]+==\S+( +--hash=sha256:[0-9a-f]{64})+", line.strip()), line
