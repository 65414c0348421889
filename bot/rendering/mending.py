"""What went wrong and what mends it, where the command line can mend it."""

from collections.abc import Mapping

from corpus.errors import PinciteError
from corpus.remedy import Remedy

ON_THE_COMMAND_LINE: Mapping[Remedy, str] = {
    Remedy.ADD_AGAIN: "remove that report and add its file again (pincite remove {report}; "
    "pincite add FILE), or put back a copy of the library",
    Remedy.ADD_REPORT: "add one: pincite add FILE",
    Remedy.ALLOW_PRIVATE: "if that is meant, say so with --allow-private",
    Remedy.CHANGE_MODEL: "ask with that model, or encode the library anew: "
    "pincite rebuild --library '{folder}' --model NAME",
    Remedy.CHOOSE_LIBRARY: "choose another with --library",
    Remedy.CHOOSE_MODEL: "install the package {package}, or name another sentence-transformers "
    "model with --model",
    Remedy.COPY_LIBRARY: "see that its folder can be written to and has room, or copy it to where "
    "that is so, and choose that one with --library",
    Remedy.CORRECT_SET: "correct it, or choose the --library that the set is for",
    Remedy.DO_WITHOUT_READER: "install Pincite again, or answer without the reader: --no-reader",
    Remedy.EXAMINE: "see all that is: pincite doctor; or put back a copy of the library",
    Remedy.FIT_VERDICT: "remove it, or fit it again with `pincite calibrate`",
    Remedy.LIST_JUDGEMENTS: "`pincite feedback list` lists them",
    Remedy.LIST_REPORTS: "`pincite list` lists the reports, and every answer names its passage's "
    "id",
    Remedy.LIST_SECTIONS: "`pincite show ID` lists a report's sections",
    Remedy.MAKE_ROOM: "see that its folder can be written to and has room, or choose another with "
    "--library",
    Remedy.PUT_BACK: "put back a copy of it, or choose another folder with --library",
    Remedy.QUOTE: "quote a few words of it with --evidence",
    Remedy.REBUILD: "encode it anew: pincite rebuild --library '{folder}'",
    Remedy.REPAIR: "make them anew: pincite doctor --repair",
    Remedy.SAVE_RUN: "save one: pincite eval FILE --save RUN.json",
    Remedy.STATE_CREDENTIAL: "set {variable}, or give --token-file, or a systemd credential named "
    "{credential}",
    Remedy.STATE_TITLE: "give one with --title",
    Remedy.UPGRADE: "upgrade Pincite, or choose another --library",
}


def told(error: PinciteError) -> str:
    """An error as the command line tells it."""
    return error.sentence(ON_THE_COMMAND_LINE)
