"""A plain typeface of strokes, drawn here so that a picture needs neither font files nor a library.

Each letter is some lines of points, two digits for each: x from the left, y from the top, where
capitals stand on 6 and reach up to 0, small letters reach up to 2, and tails reach down to 8.
"""

from typing import Final

Line = tuple[tuple[float, float], ...]

HEIGHT: Final = 6
"""Of a capital letter or a digit, in units of the points."""
_GAP: Final = 1.4
_SPACE: Final = 2.0
_UNKNOWN: Final = "0006264600"

_LETTERS: Final = {
    "0": "103041453616050110",
    "1": "012026",
    "2": "01103041420646",
    "3": "004022324345361605",
    "4": "36300444",
    "5": "4000023243453606",
    "6": "3010010516364543321203",
    "7": "004016",
    "8": "103041423313020110 1304051636454433",
    "9": "1636454130100103143443",
    "A": "062046 1434",
    "B": "0006 003041423303 3344453606",
    "C": "4130100105163645",
    "D": "00063645413000",
    "E": "40000646 0333",
    "F": "400006 0333",
    "G": "41301001051636454323",
    "H": "0006 4046 0343",
    "I": "0006",
    "J": "3035261605",
    "K": "0006 4004 1346",
    "L": "000646",
    "M": "0600234046",
    "N": "06004640",
    "O": "103041453616050110",
    "P": "06003041423303",
    "Q": "103041453616050110 2446",
    "R": "06003041423303 2346",
    "S": "413010010213334445361605",
    "T": "0040 2026",
    "U": "000516364540",
    "V": "002640",
    "W": "0016223640",
    "X": "0046 4006",
    "Y": "002340 2326",
    "Z": "00400646",
    "a": "3236 3322120305162635",
    "b": "0006 0312223335261605",
    "c": "3322120305162635",
    "d": "3036 3322120305162635",
    "e": "04343322120305162635",
    "f": "201116 0222",
    "g": "3237281807 3322120305162635",
    "h": "0006 0312223336",
    "i": "0206 0000",
    "j": "121708 1010",
    "k": "0006 3204 1336",
    "l": "0006",
    "m": "0206 03122326 23324346",
    "n": "0206 0312223336",
    "o": "122233352616050312",
    "p": "0208 0312223335261605",
    "q": "3238 3322120305162635",
    "r": "0206 031222",
    "s": "3212031424352606",
    "t": "101526 0222",
    "u": "0205162635 3236",
    "v": "022642",
    "w": "0216233642",
    "x": "0236 3206",
    "y": "0226 4218",
    "z": "02320636",
    ".": "0606",
    ",": "0607",
    ":": "0303 0606",
    "-": "0424",
    "+": "0343 2125",
    "/": "0630",
    "(": "10020416",
    ")": "00121406",
}


def lines_of(letter: str) -> tuple[Line, ...]:
    """Return the lines of a letter, none for a space, a box for a letter that it does not have."""
    if letter == " ":
        return ()
    drawn = _LETTERS.get(letter, _UNKNOWN)
    return tuple(
        tuple((int(line[at]), int(line[at + 1])) for at in range(0, len(line), 2))
        for line in drawn.split()
    )


def advance(letter: str) -> float:
    """Return how far the next letter stands from this one."""
    widths = [x for line in lines_of(letter) for x, _ in line]
    return (max(widths) if widths else _SPACE) + _GAP


def width(text: str) -> float:
    """Return how wide a text is, without the gap after it."""
    return sum(map(advance, text)) - _GAP if text else 0.0
