import codecs

import pytest

from bot.runs.core.xml_input import LARGEST, XmlInputError, checked_xml

BOMB = """<?xml version="1.0"?>
<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]>
<a>&y;</a>"""
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<a/>", b"<a/>"),
        ("\n  <a/>\n", b"<a/>"),
        ("\ufeff<a/>", b"<a/>"),
        ("<a>ä</a>", "<a>ä</a>".encode()),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>\n<a>ä</a>', "<a>ä</a>".encode()),
        ("<a>&amp;&lt;&#228;</a>", b"<a>&amp;&lt;&#228;</a>"),
        ("<a><![CDATA[<b>]]></a>", b"<a><![CDATA[<b>]]></a>"),
    ],
)
def test_text_becomes_utf_8_without_a_declaration(given: str, expected: bytes) -> None:
    assert checked_xml(given) == expected


@pytest.mark.parametrize(
    "given",
    [
        "<a>ä</a>".encode(),
        codecs.BOM_UTF8 + "<a>ä</a>".encode(),
        "<a>ä</a>".encode("utf-16"),
        codecs.BOM_UTF16_BE + "<a>ä</a>".encode("utf-16-be"),
        '<?xml version="1.0" encoding="UTF-16"?><a>ä</a>'.encode("utf-16"),
        "<?xml version='1.0' encoding='UTF-16'?><a>ä</a>".encode("utf-16-le"),
        "<a>ä</a>".encode("utf-16-be"),
        '<?xml version="1.0" encoding="ISO-8859-1"?><a>ä</a>'.encode("latin-1"),
        "<?xml version='1.0' encoding='windows-1252'?><a>ä</a>".encode("cp1252"),
    ],
)
def test_a_file_is_read_in_its_own_encoding(given: bytes) -> None:
    assert checked_xml(given) == "<a>ä</a>".encode()


@pytest.mark.parametrize("given", [BOMB, BOMB.encode(), OUTSIDE, "<!DOCTYPE a><a/>"])
def test_a_document_type_is_refused_with_all_its_entities(given: str | bytes) -> None:
    with pytest.raises(XmlInputError, match="a document type"):
        checked_xml(given)


@pytest.mark.parametrize(
    ("given", "line", "column"),
    [
        ("<a>\n  <b></c>\n</a>", 2, 8),
        ("<a>ääää</b>", 1, 10),
        ("\n\n   <a></b>", 3, 9),
        ("\n\n<a>\n</b>", 4, 3),
        ("<a>fish & chips</a>", 1, 10),
        ("<a/>\n<b/>", 2, 1),
        ("<a>&nbsp;</a>", 1, 4),
        ("<a x='1' x='2'/>", 1, 10),
        ("<a>\n<!DOCTYPE a>", 2, 3),
    ],
)
def test_a_mistake_is_shown_with_its_place(given: str, line: int, column: int) -> None:
    with pytest.raises(XmlInputError) as mistake:
        checked_xml(given)
    assert (mistake.value.line, mistake.value.column) == (line, column)
    assert str(mistake.value).startswith(f"Line {line}, column {column}: ")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", "There is no XML in this."),
        ("  \n", "There is no XML in this."),
        (b"", "There is no XML in this."),
        ("just words", "That isn't XML: it must begin with a tag such as <letter>."),
        ('\ufeff {"a": 1}', "That isn't XML: it must begin with a tag such as <letter>."),
        ("<a>\ud800</a>", "It holds a character that no XML can hold."),
        (b"<a>\xff</a>", "The file is not the utf-8 text it should be."),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "The file is not the klingon text"),
        (b'<?xml version="1.0" encoding="base64"?><a/>', "The file is not the base64 text"),
        (b'<?xml version="1.0" encoding="punycode"?><a/>', "The file is not the punycode text"),
        ("<a>" + "x" * LARGEST, "The XML is larger than 10 MB."),
        ("<a>" + "ä" * (LARGEST // 2) + "</a>", "The XML is larger than 10 MB."),
    ],
)
def test_a_mistake_of_the_whole_has_no_place(given: str | bytes, words: str) -> None:
    with pytest.raises(XmlInputError) as mistake:
        checked_xml(given)
    assert str(mistake.value).startswith(words)
    assert mistake.value.line == 0


def test_deep_nesting_is_no_trouble() -> None:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    assert checked_xml(deep) == deep.encode()
