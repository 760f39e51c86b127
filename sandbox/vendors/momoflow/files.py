"""The stand-in's export files. The vendor documents none of it: columns and layout are made up."""

import csv
import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from sandbox.vendors.momoflow.pdf import pdf
from sandbox.vendors.switches import Switches

MIME_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
EXTENSIONS = {"csv": "csv", "excel": "xlsx", "pdf": "pdf"}
COLUMNS = ("Assignee", "Status", "Assigned at", "Completed modules", "Total modules", "Modules")
FIXED_DATE = (1980, 1, 1, 0, 0, 0)

HOSTILE = ('=HYPERLINK("http://example.com";"click")', "+1+cmd", "@SUM(1)")

Cell = str | int


def export_file(report: dict[str, Any], form: str, switches: Switches) -> bytes:
    """Return the report as a file of the vendor's format "csv", "excel" or "pdf"."""
    if switches.on("empty_files"):
        return b""
    rows = [_row(one) for one in report.get("assignments", [])]
    if switches.on("hostile_files"):
        rows = [[*row[:-1], HOSTILE[number % len(HOSTILE)]] for number, row in enumerate(rows)]
    if form == "csv":
        return _csv(rows)
    if form == "excel":
        return _xlsx(rows)
    return pdf(_lines(report, rows))


def _row(one: dict[str, Any]) -> list[Cell]:
    modules = (f"{m['moduleName']}: {m['status']}" for m in one.get("moduleProgress", []))
    return [
        one.get("assigneeEmail", ""),
        one["status"],
        one["assignedAt"] or "",
        one["completedModules"],
        one["totalModules"],
        "; ".join(modules),
    ]


def _csv(rows: list[list[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode()


def _lines(report: dict[str, Any], rows: list[list[Cell]]) -> list[str]:
    metrics = report.get("metrics", {})
    head = [
        str(report.get("flowName", report["flowId"])),
        f"{metrics.get('completedAssignments')} of {metrics.get('totalAssignments')} completed",
        "",
    ]
    return head + [f"{row[0]}   {row[1]}   {row[3]}/{row[4]}   {row[2]}" for row in rows]


def _xlsx(rows: list[list[Cell]]) -> bytes:
    """Return the smallest workbook that spreadsheet programs open: one sheet, inline strings."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_FIXED_PARTS, "xl/worksheets/sheet1.xml": _sheet(rows)}.items():
            # A fixed date makes the same report the same bytes.
            archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _sheet(rows: list[list[Cell]]) -> str:
    table: list[list[Cell]] = [list(COLUMNS), *rows]
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in table)
    return f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(value: Cell) -> str:
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    if value == HOSTILE[0]:  # a formula, as a careless writer of workbooks makes one of it
        return f"<c><f>{escape(value[1:])}</f></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org"
_MAIN = f"{_OPEN}/spreadsheetml/2006/main"
_LINK = f"{_OPEN}/officeDocument/2006/relationships"
_PACKAGE = f"{_OPEN}/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIXED_PARTS = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml"'
        f' ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}"><sheets>'
        '<sheet name="Report" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_LINK}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
