"""What the installation takes on disk, and where it goes.

python tests/bench/installation.py

Of the environment that runs this, the packages that Pincite needs and those that they need; of
these, what a light installation takes.
"""

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from measuring import about, said

MOST_NAMED = 12
LIGHT = Path(__file__).resolve().parents[2] / "requirements-light.txt"


def main() -> None:
    light = {"pincite", *listed()}
    needed = names("pincite") | light
    sizes = {name: megabytes(name) for name in needed}
    largest = sorted(sizes, key=lambda name: -sizes[name])
    named = {name: round(sizes[name], 1) for name in largest[:MOST_NAMED]}
    others = sum(sizes[name] for name in largest[MOST_NAMED:])
    said(
        {
            **about(),
            "packages": len(needed),
            "megabytes": {"all": round(sum(sizes.values()))}
            | named
            | {f"{len(largest) - len(named)} others": round(others, 1)},
            "light": {
                "packages": len(light),
                "megabytes": round(sum(sizes[name] for name in light)),
            },
        }
    )


def names(root: str) -> set[str]:
    """A distribution and all that it needs without extras, as far as they are installed."""
    found: set[str] = set()
    left = [root]
    while left:
        name = normal(left.pop())
        if name in found:
            continue
        try:
            requirements = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        found.add(name)
        left += [
            match[0]
            for requirement in requirements
            if "extra ==" not in requirement and (match := re.match(r"[\w.-]+", requirement))
        ]
    return found


def listed() -> list[str]:
    """The distributions of a light installation."""
    pinned = re.findall(r"^([\w.-]+)==", LIGHT.read_text(encoding="utf-8"), re.MULTILINE)
    return [normal(name) for name in pinned]


def normal(name: str) -> str:
    """The name of a distribution in its one spelling."""
    return re.sub(r"[-_.]+", "-", name).lower()


def megabytes(name: str) -> float:
    """What the files of a distribution take."""
    paths = [Path(str(file.locate())) for file in distribution(name).files or []]
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


if __name__ == "__main__":
    main()
