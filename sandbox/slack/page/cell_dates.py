"""Which cells of an XLSX file are dates: numbers whose style says so, as spreadsheets keep them."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's dates have no zone
_LAST = 2_958_465
"""The number of the last day that spreadsheets know, in the year 9999."""
_BUILT_IN = {**dict.fromkeys(range(14, 18), "d"), **dict.fromkeys((22, *range(18, 22)), "dh")}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def date_styles(parts: Iterable[ET.Element]) -> dict[str, bool]:
    """Return the styles of dates by their number, and whether they show a time of day.

    `parts` are the elements of the file's styles in their order.
    """
    codes: dict[str, str] = {f"{number}": code for number, code in _BUILT_IN.items()}
    for element in parts:
        name = element.tag.rpartition("}")[2]
        if name == "numFmt":
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")
        if name == "cellXfs":
            shown = [codes.get(each.get("numFmtId", ""), "") for each in element]
            plain = [_QUOTED.sub("", code).lower() for code in shown]
            return {f"{at}": "h" in code for at, code in enumerate(plain) if set(code) & set("ydh")}
    return {}


def as_date(text: str, style: str, styles: Mapping[str, bool]) -> str:
    """Return a cell's number as the date that it shows; another cell as it is."""
    if style not in styles:
        return text
    try:
        days = float(text)
    except ValueError:
        return text
    if not math.isfinite(days) or not 0 <= days <= _LAST:
        return text
    when = _FIRST_DAY + timedelta(seconds=round(days * 86_400))
    return f"{when:%Y-%m-%d %H:%M:%S}" if styles[style] else f"{when:%Y-%m-%d}"
