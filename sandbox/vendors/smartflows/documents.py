"""The documents that runs make: small real PDF and DOCX files, written by hand."""

import io
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape

from sandbox.vendors.momoflow.pdf import pdf
from sandbox.vendors.smartflows.runs import Run

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MIME_TYPES = {"pdf": "application/pdf", "docx": DOCX}
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org"
_MAIN = f"{_OPEN}/wordprocessingml/2006/main"
_PACKAGE = f"{_OPEN}/package/2006"


@dataclass(frozen=True, slots=True)
class Produced:
    """One document of a run."""

    id: str
    name: str
    form: str
    run: Run


def produced(run: Run, place: int, identity: str) -> Produced:
    """Return the document at that place among the run's outputs."""
    flow = run.plan.name if run.plan else "Letter"
    outputs = run.plan.outputs if run.plan else ("pdf",)
    part = f" ({place + 1})" if len(outputs) > 1 else ""
    return Produced(identity, f"{flow} {run.number}{part}", outputs[place], run)


def content(document: Produced, *, megabytes: float = 0) -> bytes:
    """Return the file; `megabytes` makes it at least so large without changing what it shows."""
    lines = _lines(document)
    least = int(megabytes * 1024**2)
    if document.form == "docx":
        return _docx(lines, least)
    made = pdf(lines)
    if len(made) >= least:
        return made
    # Padded by a comment, with the end once more after it: a reader begins there.
    return b"".join(
        [made, b"\n%", b"x" * (least - len(made)), b"\n", made[made.rindex(b"startxref") :]]
    )


def _lines(document: Produced) -> list[str]:
    run = document.run
    given = run.given.decode("utf-8", "replace").splitlines()
    answers = [f"{key}: {value}" for key, value in run.answer.items()]
    began = f"Started {run.created_at:%Y-%m-%d %H:%M} by {run.user.name}"
    return [document.name, began, "", *answers, *given]


def _docx(lines: list[str], least: int) -> bytes:
    """Return the smallest document that word processors open, padded by a part they ignore."""
    packed = io.BytesIO()
    parts = {**_FIXED_PARTS, "word/document.xml": _document(lines)}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            # A fixed date makes the same run the same bytes.
            archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), text, zipfile.ZIP_DEFLATED)
        if least:
            padding = zipfile.ZipInfo("docProps/padding.bin", FIXED_DATE)
            archive.writestr(padding, bytes(least), zipfile.ZIP_STORED)
    return packed.getvalue()


def _document(lines: list[str]) -> str:
    shown = (escape(_printable(line)) for line in lines)
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{t}</w:t></w:r></w:p>' for t in shown)
    return f'{_XML}<w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>'


def _printable(line: str) -> str:
    return "".join(each if each.isprintable() else " " for each in line)


_FIXED_PARTS = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/octet-stream"/>'
        f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OPEN}/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>'
    ),
}
