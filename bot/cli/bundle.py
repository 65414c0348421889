"""The command `pincite bundle`."""

import datetime
import hashlib
from pathlib import Path

import click

from bot.cli.options import library_option, open_library
from bot.cli.schedule import FORMATS, check_format
from bot.rendering.saying import say
from corpus.errors import WrongUse


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE.zip", help="The bundle."
)
@click.option("--check", "checks", is_flag=True, help="FILE is a bundle: check it.")
@library_option
@click.pass_context
def bundle(context: click.Context, /, file: Path, output: Path | None, *, checks: bool) -> int:
    """Pack a schedule with its passages and citations into one file, or check such a file.

    Checking needs no library: each passage’s id is made from its words, every quotation must
    stand in a passage, and every passage that is cited must be there. Both print the bundle’s
    SHA-256: who sends a bundle says it by another way.

    Exit status: 0 packed, or nothing is wrong; 3 something is; 2 wrong use.

    \b
    Examples:
      pincite bundle schedule.docx -o schedule.zip
      pincite bundle --check schedule.zip
    """
    if checks:
        return _check(file)
    if output is None:
        raise WrongUse("name the bundle to write with -o FILE.zip, or check one with --check.")
    check_format(file, FORMATS)
    _pack(context, file, output)
    return 0


def _pack(context: click.Context, file: Path, output: Path) -> None:
    from bot.scheduling.bundle import pack
    from bot.scheduling.reading import ids_in
    from corpus.storage.fingerprint import fingerprint
    from corpus.writing import write_chosen

    library, content = open_library(context), _content(file)
    passages = [library.resolve(name).passage for name in ids_in(file.name, content)]
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    made = pack(
        file.name,
        content,
        passages,
        packed=now,
        fingerprint=fingerprint(library.entries()),
    )
    write_chosen(output, made)
    say(f"Packed {file} with {len(passages)} passages into {output}.")
    say(f"SHA-256 {hashlib.sha256(made).hexdigest()}")


def _check(file: Path) -> int:
    from bot.scheduling.bundle import check

    content = _content(file)
    found = check(content)
    say(
        f"{found.schedule}, packed {found.packed} of the library {found.fingerprint[:16]}: "
        f"{found.quotations} quotations, {found.passages} passages."
    )
    for wrong in found.wrong:
        say(f"Wrong: {wrong}.")
    if not found.wrong:
        say("Every quotation stands in a passage whose id is made from its words.")
    say(f"SHA-256 {hashlib.sha256(content).hexdigest()}")
    return 3 if found.wrong else 0


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise WrongUse(f"{file} cannot be read ({error.strerror}); name another file.") from None
