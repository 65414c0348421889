"""What would mend an error, for each front end to say in its own words."""

import enum


class Remedy(enum.Enum):
    """A remedy; its value is a part of a sentence that fits any front end.

    Its placeholders, and those of a front end's words, are filled with what the error is `about`.
    """

    ADD_AGAIN = "remove that report and add its file again, or put back a copy of the library"
    ADD_REPORT = "add one"
    ALLOW_PRIVATE = "if that is meant, say that private networks are allowed"
    CHANGE_MODEL = "ask with that model, or encode the library anew"
    CHOOSE_LIBRARY = "choose another folder"
    CHOOSE_MODEL = "install the package {package}, or choose another sentence-transformers model"
    COPY_LIBRARY = (
        "see that its folder can be written to and has room, or copy it to where that is so, and "
        "choose that one"
    )
    CORRECT_SET = "correct it, or choose the library that the set is for"
    DO_WITHOUT_READER = "install Pincite again, or let it answer without the reader"
    EXAMINE = "have the library examined, or put back a copy of it"
    FIT_VERDICT = "remove it or fit it again"
    LIST_JUDGEMENTS = "choose one of those that are kept"
    LIST_REPORTS = "see which reports there are; every answer names its passage's id"
    LIST_SECTIONS = "see which sections the reports have"
    MAKE_ROOM = "see that its folder can be written to and has room, or choose another folder"
    PUT_BACK = "put back a copy of it, or choose another folder"
    QUOTE = "quote a few words of it"
    REBUILD = "encode the library anew"
    REPAIR = "have the library repaired"
    SAVE_RUN = "save one anew"
    STATE_CREDENTIAL = "set {variable}, or a systemd credential named {credential}"
    STATE_TITLE = "give one"
    UPGRADE = "upgrade Pincite, or choose another folder"
