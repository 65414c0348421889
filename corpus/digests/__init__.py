"""The reports that ship with Pincite."""

from importlib import resources
from pathlib import Path


def shipped() -> list[Path]:
    """The files of the digests, by name."""
    folder = Path(str(resources.files("corpus.digests")))
    return sorted(folder.glob("*.md"))
