"""Tables as they come from the worst of exports: the bytes, and the cells that are in them.

Each is made here, so that it can be read what is odd about it. `rows` begins with the heading;
`above` are the rows over it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Rows = list[list[str]]
HEAD: Final = ["name", "count", "note"]
UMLAUTS: Final = [HEAD, ["Müller", "1", "Größe €"], ["Weiß", "2", "“quoted”"]]
LONG: Final = "x" * 40_000
LONGER: Final = "y" * 200_000


@dataclass(frozen=True, slots=True)
class Hostile:
    content: bytes
    rows: Rows
    above: Rows
    separator: str


def of(
    text: str | bytes,
    rows: Sequence[Sequence[str]],
    *,
    encoding: str = "utf-8",
    separator: str = ",",
    above: Sequence[Sequence[str]] = (),
) -> Hostile:
    content = text.encode(encoding) if isinstance(text, str) else text
    return Hostile(content, [*map(list, rows)], [*map(list, above)], separator)


def joined(rows: Sequence[Sequence[str]], separator: str = ",", end: str = "\r\n") -> str:
    """Return rows as they are written by who knows nothing of quotation marks."""
    return "".join(separator.join(row) + end for row in rows)


def column(*cells: str, name: str = "cell") -> Hostile:
    """Return a table of one quoted column beside a number, as a single column has no separator."""
    rows = [["no", name], *([f"r{number}", cell] for number, cell in enumerate(cells))]
    quoted = [[first, '"' + cell.replace('"', '""') + '"'] for first, cell in rows]
    return of(joined(quoted), rows)


PLAIN: Final = [HEAD, ["a", "1", "x"], ["b", "2", "y"]]
WIDE: Final = [[f"c{number}" for number in range(30)]] * 3
MANY: Final = [HEAD, *([f"row {number}", f"{number}", "z" * 30] for number in range(9_000))]
NESTED: Final = [
    ["at", "text", "n"],
    *([f"{number}", f"=1+{number}\r\nand, {'w' * (number % 90)}", "-5"] for number in range(4_000)),
]

HOSTILE: Final = {
    # Separators
    "commas": of(joined(PLAIN), PLAIN),
    "semicolons": of(joined(PLAIN, ";"), PLAIN, separator=";"),
    "tabs": of(joined(PLAIN, "\t"), PLAIN, separator="\t"),
    "pipes": of(joined(PLAIN, "|"), PLAIN, separator="|"),
    "commas in a heading of semicolons": of(
        '"a,b,c,d";e;f\r\n"x,y,0";0;z\r\n', [["a,b,c,d", "e", "f"], ["x,y,0", "0", "z"]],
        separator=";",
    ),
    "decimal commas": of(
        "name;price;n\r\na;1,50;1\r\nb;2,25;-3,5\r\n",
        [["name", "price", "n"], ["a", "1,50", "1"], ["b", "2,25", "-3,5"]],
        separator=";",
    ),
    "lists of semicolons": of(
        "id,tags\r\n1,x;y\r\n2,z;q\r\n3,u;v\r\n",
        [["id", "tags"], ["1", "x;y"], ["2", "z;q"], ["3", "u;v"]],
    ),
    "sentences with commas": of(
        "id;said\r\n1;Hello, world, you\r\n2;yes, no, a\r\n3;a, b, c\r\n",
        [["id", "said"], ["1", "Hello, world, you"], ["2", "yes, no, a"], ["3", "a, b, c"]],
        separator=";",
    ),
    "colons in every cell": of(
        "at,url\r\n10:00:01,http://a:1/x\r\n10:00:02,http://b:2/y\r\n",
        [["at", "url"], ["10:00:01", "http://a:1/x"], ["10:00:02", "http://b:2/y"]],
    ),
    "a line for Excel": of("sep=;\r\na,b;c\r\n1;2\r\n", [["a,b", "c"], ["1", "2"]], separator=";"),
    "blanks behind separators": of(
        'a, "b,c", d\r\n1, "2,3", 4\r\n', [["a", "b,c", "d"], ["1", "2,3", "4"]]
    ),
    # Encodings
    "a mark of UTF-8": of(joined(UMLAUTS), UMLAUTS, encoding="utf-8-sig"),
    "UTF-16": of(joined(UMLAUTS), UMLAUTS, encoding="utf-16"),
    "UTF-16 the other way": of(b"\xfe\xff" + joined(UMLAUTS).encode("utf-16-be"), UMLAUTS),
    "UTF-16 without a mark": of(joined(UMLAUTS), UMLAUTS, encoding="utf-16-le"),
    "UTF-32": of(joined(UMLAUTS), UMLAUTS, encoding="utf-32"),
    "Windows-1252": of(joined(UMLAUTS, ";"), UMLAUTS, encoding="cp1252", separator=";"),
    "Windows-1252 after much ASCII": of(
        joined([*MANY, *UMLAUTS[1:]]), [*MANY, *UMLAUTS[1:]], encoding="cp1252"
    ),
    "a byte that means nothing": of(b"a,b\r\n1,x\x81y\xfc\r\n", [["a", "b"], ["1", "x\x81yü"]]),
    "one odd byte in UTF-8": of(
        joined(UMLAUTS).encode() + b"caf\xe9,3,x\r\n", [*UMLAUTS, ["café", "3", "x"]]
    ),
    # Lines
    "bare CR": of(joined(PLAIN, end="\r"), PLAIN),
    "LF": of(joined(PLAIN, end="\n"), PLAIN),
    "all line ends": of(
        b"a,b\r\n1,x\n2,y\r3,z\r\n", [["a", "b"], ["1", "x"], ["2", "y"], ["3", "z"]]
    ),
    "no line end at the end": of("a,b\r\n1,x\r\n2,y", [["a", "b"], ["1", "x"], ["2", "y"]]),
    "line ends in cells": column("two\r\nlines", "two\nlines", "two\rlines", "\r\n\r\n", "a\r\n,b"),
    "blank lines": of(
        "\r\n\r\na,b\r\n\r\n1,x\r\n\r\n\r\n2,y\r\n\r\n", [["a", "b"], ["1", "x"], ["2", "y"]]
    ),
    "blank lines of LF": of("a,b\n1,x\n\n2,y\n", [["a", "b"], ["1", "x"], ["2", "y"]]),
    # What stands over the heading
    "a title": of(
        "Report of November\r\n" + joined(PLAIN), PLAIN, above=[["Report of November"]]
    ),
    "a title and facts": of(
        "Report\r\nPeriod,2026-11\r\n\r\n" + joined(PLAIN),
        PLAIN,
        above=[["Report"], ["Period", "2026-11"]],
    ),
    "a title as wide as the table": of(
        "Report,,\r\n,,\r\n" + joined(PLAIN), PLAIN, above=[["Report", "", ""], ["", "", ""]]
    ),
    # Shapes
    "longer rows": of(
        "a,b,c\r\n1,z,y,extra,more\r\n2,z,y\r\n",
        [["a", "b", "c"], ["1", "z", "y", "extra", "more"], ["2", "z", "y"]],
    ),
    "shorter rows": of(
        "a,b,c\r\n1\r\n2,z\r\n3,z,y\r\n", [["a", "b", "c"], ["1"], ["2", "z"], ["3", "z", "y"]]
    ),
    "one longer row at the end": of(
        joined([*MANY, ["1", "2", "3", "late"]]), [*MANY, ["1", "2", "3", "late"]]
    ),
    "columns without names": of("a,,\r\n1,x,y\r\n", [["a", "", ""], ["1", "x", "y"]]),
    "names that are used twice": of("a,a,A\r\n1,x,y\r\n", [["a", "a", "A"], ["1", "x", "y"]]),
    "one column": of("cell\r\nhello\r\nworld\r\n", [["cell"], ["hello"], ["world"]]),
    "a heading alone": of("a,b\r\n", [["a", "b"]]),
    "a single cell": of("a", [["a"]]),
    "many columns": of(joined(WIDE), WIDE),
    "many rows": of(joined(MANY), MANY),
    # Quotation marks
    "inches": of(
        'size,n\r\n5" pipe,1\r\n3"x4" box,2\r\n',
        [["size", "n"], ['5" pipe', "1"], ['3"x4" box', "2"]],
    ),
    "doubled marks": column('say "no"', '"', '""', '"a","b"'),
    "a mark never closed": of(
        'a,b\r\n1,"open\r\n2,x\r\n3,y\r\n', [["a", "b"], ["1", '"open'], ["2", "x"], ["3", "y"]]
    ),
    "a backslash before a mark": of(
        'a,b\r\n"x \\"y, z\\" w",2\r\n"q",3\r\n', [["a", "b"], ['x "y, z" w', "2"], ["q", "3"]]
    ),
    "a folder that ends with a backslash": of(
        'a,b\r\n"C:\\dir\\",2\r\n"q",3\r\n', [["a", "b"], ["C:\\dir\\", "2"], ["q", "3"]]
    ),
    "everything quoted": of(
        joined([[f'"{cell}"' for cell in row] for row in PLAIN]), PLAIN
    ),
    "empty cells": of(
        ',""\r\n"",\r\na,b\r\n"",x\r\n', [["a", "b"], ["", "x"]], above=[["", ""], ["", ""]]
    ),
    "separators in cells": column("a,b", "a;b", "a\tb", "a|b"),
    # Formulas
    "formulas": column(
        "=1+1", "+1+cmd", "-2+3", "@SUM(1)", '=HYPERLINK("http://x","y")', "\t=1", "\r=1", "\n=1"
    ),
    "formulas without marks": of(
        "=1+1,@x,-cmd\r\n+a,=b,1\r\n", [["=1+1", "@x", "-cmd"], ["+a", "=b", "1"]]
    ),
    "formulas of full width": column("＝1+1", "＋1", "－1", "＠SUM(1)"),  # noqa: RUF001
    "a guarded formula": column("'=1+1", "' text"),
    "commas before formulas in cells": column("a,=1+1", "x\r\n=2", '",=3'),
    "formulas in cells of several lines": of(
        joined([[n, f'"{t}"', m] for n, t, m in NESTED]), NESTED
    ),
    # Values
    "numbers with signs": column("-5", "+5", "-1.5", "-3,5", "-1e5", "-", "---", "-5%", "-1,234.5"),
    "telephones": column("+491701234560", "+49 170 1234560", "0049170", "(030) 1"),
    "zeros in front": column("007", "01230", "12345", "0"),
    "long numbers": column(
        "4006381333931", "1764500000000", "999999999999999", "1234567890123456",
        "9223372036854775807", "12345678901234567890",
    ),
    "versions": column("1.9", "1.10", "2.0"),
    "prices": column("1.10", "2.00", "3", "12.34"),
    "fractions": column("0.1", "1.25", "0.123456789", "123456.789012", "0.12345678901234567"),
    "almost numbers": column(
        "1e5", "12E45", "TRUE", "nan", "inf", "-0", "0x10", "1_000", ".5", "5.", "٣"
    ),
    "days": column("2026-11-01", "1899-12-31", "2026-13-01", "2026-02-30"),
    "dates of people": column("01/02/2026", "1-2", "3/4", "Nov 1", "10:30"),
    # Letters
    "scripts": column("हिन्दी सुरक्षा", "ความปลอดภัย", "مَرْحَبًا", "中文", "žluťoučký"),
    "emoji and directions": column("😀👩‍👩‍👧", "\u202eabc", "a\u200bb", "\ufeffa"),
    "control characters": column("a\x01b", "\x00", "\x0b\x0c", "_x0041_", "\x85\u2028"),
    "blanks": column(" ", "  a  ", "\u00a0", "\ta"),
    "links": column("https://example.com", "mailto:a@example.com", "=x", "\\\\server\\share"),
    "errors": column("#REF!", "#N/A", "{=A1}", "#NAME?"),
    "a long cell": column(LONG, "short"),
    "a cell beyond the csv module's limit": column(LONGER, "short"),
}  # fmt: skip
