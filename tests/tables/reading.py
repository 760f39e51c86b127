"""A second reader of workbooks: the parts of XLSX that a table needs, straight from its XML."""

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True)
class ReadSheet:
    title: str
    rows: tuple[dict[str, str], ...]
    """Each row's cells by column letter, as "type:value", with "n" for numbers and "s" for text."""
    frozen: str
    filtered: str
    widths: tuple[float, ...]
    xml: str

    def column(self, letter: str) -> list[str]:
        return [row.get(letter, "") for row in self.rows]


def read_workbook(content: bytes) -> dict[str, ReadSheet]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - our own file
        titles = [sheet.attrib["name"] for sheet in book.iter(f"{MAIN}sheet")]
        parts = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(titles) + 1)]
        return {
            title: _sheet(title, archive.read(part).decode())
            for title, part in zip(titles, parts, strict=True)
        }


def _sheet(title: str, xml: str) -> ReadSheet:
    root = ET.fromstring(xml)  # noqa: S314 - our own file
    pane = root.find(f".//{MAIN}pane")
    filter_ = root.find(f"{MAIN}autoFilter")
    return ReadSheet(
        title=title,
        rows=tuple(_row(row) for row in root.iter(f"{MAIN}row")),
        frozen="" if pane is None else pane.attrib["topLeftCell"],
        filtered="" if filter_ is None else filter_.attrib["ref"],
        widths=tuple(float(col.attrib["width"]) for col in root.iter(f"{MAIN}col")),
        xml=xml,
    )


def _row(row: ET.Element) -> dict[str, str]:
    return {cell.attrib["r"].rstrip("0123456789"): _cell(cell) for cell in row}


def _cell(cell: ET.Element) -> str:
    kind = "s" if cell.attrib.get("t") == "inlineStr" else cell.attrib.get("t", "n")
    return f"{kind}:{''.join(cell.itertext())}"
