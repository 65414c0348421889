"""The public names of a package, each loaded when it is first asked for.

Importing a package so costs nothing: `pincite --help` need not wait for SQLite or numpy.
"""

from importlib import import_module

TYPE_CHECKING = False  # true to type checkers; typing would take longer than all else here
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def from_modules(package: str, places: "Mapping[str, str]") -> "Callable[[str], object]":
    """A package's `__getattr__`: `places` says which module each of its names is in.

    What it returns raises AttributeError for other names, as Python expects.
    """

    def look_up(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(places[name]), name)

    return look_up
