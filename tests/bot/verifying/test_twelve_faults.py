"""A draft as a person writes one, with twelve faults: each is found, in Markdown and in Word."""

import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest

from bot.verifying.markdown_draft import read_markdown
from bot.verifying.word_comments import Comment, with_comments
from bot.verifying.word_draft import paragraphs, read_word

# Each paragraph with the verdict that is due; the first twelve have a fault each.
PARAGRAPHS = (
    (
        "Flight all but stopped: “at least 271 Velmorans (88 women and 129 men) had fled across "
        "the strait to Kell” (Lantern Watch 2021, section “Freedom of movement”, para. 3).",
        "altered",
    ),
    (
        "On the fever one reads that the state was among “the last in the region with any plan "
        "to inoculate people” (Lantern Watch 2021, Velmora, para. 2).",
        "altered",
    ),
    (
        "“In August the First Warden, Otto Marrow, admitted on the radio that the state farms had "
        "missed their target for barley” (Lantern Watch 2021, section “Food and water”, para. 1).",
        "altered",
    ),
    (
        "Help was on offer: “In February it proposed 300,000 ampoules … because it distrusted "
        "the cold chain.” (Lantern Watch 2021, section “Right to health”, para. 2).",
        "ellipsis hides",
    ),
    (
        "“The land border stayed shut all year, and hospitals had beds but lacked staff” "
        "(Lantern Watch 2021, section “Freedom of movement”, para. 1).",
        "spliced",
    ),
    (
        "We note that “pupils of the orphan schools had ‘begged’ to spend the summer in the salt "
        "works, where the work is heavy and few adults are willing to go.” (Lantern Watch 2021, "
        "section “Child labour”, para. 1).",
        "starts late",
    ),
    (
        "“Six torvas were in use” (Lantern Watch 2021, section “Arrests and prisons”, para. 3).",
        "stops early",
    ),
    (
        "“Bread, oil and lentils were short from March until the harvest” "
        "(Lantern Watch 2021, section “Food and water”, para. 3).",
        "wrong place",
    ),
    (
        "The Red Cross reported that “people went hungry, worked in quarries without pay and saw "
        "no doctor” (Lantern Watch 2021, section “Arrests and prisons”, para. 2).",
        "wrong speaker",
    ),
    (
        "At sea, “crews may fire twice without warning at any boat that leaves the harbour after "
        "dark, and the order was not withdrawn.” (Lantern Watch 2021, section “Freedom of "
        "movement”, para. 2).",
        "an older version's words",
    ),
    (
        "“Not a single ambulance driver was paid between the spring flood and the winter” "
        "(Lantern Watch 2021, section “Right to health”, para. 5).",
        "not in the library",
    ),
    (
        "Some 217 people fled, 88 of them women and 192 men (Lantern Watch 2021, section “Freedom "
        "of movement”, para. 3).",
        "figure not there",
    ),
    (
        "“Hospitals had beds but lacked staff, heating and clean instruments.” (Lantern Watch "
        "2021, section “Right to health”, para. 5).",
        "exact",
    ),
    (
        "A sack of flour cost 4 times as much in Lunn in June 2021 as it had a year earlier "
        "(Lantern Watch 2021, section “Food and water”, para. 2).",
        "figures stand",
    ),
    ("Nothing is quoted here, and “no more than this” is not cited.", None),
)
DUE = [verdict for _, verdict in PARAGRAPHS if verdict]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def word_file(*texts: str) -> bytes:
    """A Word document; each paragraph in three runs, one of them bold, as editing leaves them."""

    def runs(text: str) -> str:
        third = len(text) // 3
        cut = text[:third], text[third : 2 * third], text[2 * third :]
        looks = "", "<w:rPr><w:b/></w:rPr>", ""
        return "".join(
            f'<w:r>{look}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
            for look, part in zip(looks, cut, strict=True)
        )

    body = "".join(f"<w:p>{runs(text)}</w:p>" for text in texts)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files = {
        "[Content_Types].xml": f'{head}<Types xmlns="{PACKAGE}/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body>'
        "</w:document>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


@pytest.fixture(scope="module")
def checked(verifier):
    content = word_file(*(text for text, _ in PARAGRAPHS))
    findings = verifier.draft(read_word(content, "draft.docx"))
    comments = [
        Comment(part=one.part, span=one.span, text=str(one.remarks[0]))
        for one in findings
        if not one.is_sound
    ]
    return content, findings, with_comments(content, "draft.docx", comments, now=NOW)


def test_all_twelve_are_found_in_markdown(verifier):
    draft = read_markdown("\n\n".join(text for text, _ in PARAGRAPHS))
    assert [str(finding.verdict) for finding in verifier.draft(draft)] == DUE


def test_all_twelve_are_found_in_word(checked):
    assert [str(finding.verdict) for finding in checked[1]] == DUE


def test_the_word_draft_comes_back_with_a_comment_at_each_fault(checked):
    with zipfile.ZipFile(io.BytesIO(checked[2])) as archive:
        comments = ElementTree.fromstring(archive.read("word/comments.xml"))
        document = archive.read("word/document.xml")
    told = ["".join(one.itertext()) for one in comments]
    assert len(told) == 12
    assert [text.partition(":")[0] for text in told] == DUE[:12]
    commented = {}
    inside: set[str] = set()
    for element in ElementTree.fromstring(document).iter():
        tag, key = element.tag.rpartition("}")[2], element.get(f"{{{W}}}id", "")
        if tag == "commentRangeStart":
            inside.add(key)
        elif tag == "commentRangeEnd":
            inside.remove(key)
        elif tag == "t":
            for one in inside:
                commented[one] = commented.get(one, "") + (element.text or "")
    assert [commented[str(n)] for n in range(12)] == [one.text for one in checked[1][:12]]


def test_comments_change_no_word_of_the_draft(checked):
    before, _, after = checked
    texts = [
        [paragraph.text for paragraph in paragraphs(_document(content), "draft.docx")]
        for content in (before, after)
    ]
    assert texts[0] == texts[1]


def test_a_draft_that_has_comments_keeps_them(checked):
    more = [Comment(part=checked[1][0].part, span=checked[1][0].span, text="again & <again>")]
    twice = with_comments(checked[2], "draft.docx", more, now=NOW)
    with zipfile.ZipFile(io.BytesIO(twice)) as archive:
        comments = ElementTree.fromstring(archive.read("word/comments.xml"))
    ids = [one.get(f"{{{W}}}id") for one in comments]
    assert len(ids) == len(set(ids)) == 13
    assert "".join(comments[-1].itertext()) == "again & <again>"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_draft_with_its_comments(checked, tmp_path):
    (tmp_path / "checked.docx").write_bytes(checked[2])
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", home, "--headless", "--convert-to", "fodt", "checked.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "checked.fodt").read_text(encoding="utf-8")
    assert text.count("<office:annotation ") == 12
    assert text.count("<office:annotation-end ") == 12


def _document(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml")
