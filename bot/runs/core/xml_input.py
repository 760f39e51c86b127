"""XML that people paste, upload or have in a message, checked before it goes anywhere. Pure.

Only whether it is well-formed is looked at, never what it says: the flow's own dataset decides
that. A document type is refused whole, and with it every entity that could be declared in one.
"""

import codecs
import re
from xml.parsers import expat

from bot.errors import UserError
from bot.slack.blocks.budget import unescape

LARGEST = 10 * 1024 * 1024
_DECLARATION = re.compile(r"<\?xml\s[^>]*\?>")
_ENCODING = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")
_STARTS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_LINK = re.compile(r"<((?:https?://|mailto:)[^<>|]*)(?:\|([^<>]*))?>")
_FENCE = re.compile(r"```[a-z]*\n?(.*?)```", re.DOTALL)
_LONGEST_DECLARATION = 200
_CHARSETS = re.compile(r"(utf-(8|16|32)|ascii|iso8859|cp\d|koi8|mac|shift_jis|euc|gb|big5)")
"""Python knows more "text encodings", and some of them take hours for a few megabytes."""
_WORDS = {
    expat.errors.XML_ERROR_NO_ELEMENTS: "the XML ends before its outermost element is closed",
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "a tag or a comment is begun and never finished",
    expat.errors.XML_ERROR_TAG_MISMATCH: "this closing tag does not fit the element that is open",
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "there is something after the outermost element",
    expat.errors.XML_ERROR_INVALID_TOKEN: "this is not XML (a bare & or < must be &amp; or &lt;)",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "this entity is not known; only the five of XML are",
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "this attribute is given twice",
}


class XmlInputError(UserError):
    """XML that cannot be used: what is wrong with it, and where where that is known.

    `line` and `column` count from 1, in characters of what was given; both are 0 for a mistake of
    the whole.
    """

    def __init__(self, problem: str, *, line: int = 0, column: int = 0) -> None:
        """Word the mistake with its place."""
        place = f"Line {line}, column {column}: " if line else ""
        super().__init__(f"{place}{problem}." if place else f"{problem[:1].upper()}{problem[1:]}.")
        self.problem = problem
        self.line = line
        self.column = column


def checked_xml(given: str | bytes) -> bytes:
    """Return the same document as UTF-8 without a declaration; raises XmlInputError.

    Blank space around it is dropped. Bytes are read as their byte order mark, else their
    declaration, else UTF-8 says. The declaration goes because it may name another encoding.
    """
    if len(given) > LARGEST:
        raise _too_large()
    text = given if isinstance(given, str) else _decoded(given)
    text = text.removeprefix("\ufeff")
    document = text.strip(" \t\r\n")
    if not document:
        raise XmlInputError("there is no XML in this")
    if not document.startswith("<"):
        raise XmlInputError("that isn't XML: it must begin with a tag such as <letter>")
    before = text[: text.index(document[0])]
    try:
        encoded = document.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        raise XmlInputError("it holds a character that no XML can hold") from None
    if len(encoded) > LARGEST:
        raise _too_large()
    _parse(encoded, before)
    declaration = _DECLARATION.match(document)
    return document[declaration.end() :].strip().encode() if declaration else encoded


def typed_text(text: str) -> str:
    """Return what was typed in a message: links as they stood, entities undone.

    Of a message with a code block it is the content of that.
    """
    unlinked = _LINK.sub(lambda found: found[2] or found[1], text)
    plain = unescape(unlinked)
    block = _FENCE.search(plain)
    return (block[1] if block else plain).strip()


def _too_large() -> XmlInputError:
    return XmlInputError(f"the XML is larger than {LARGEST // 1024**2} MB")


def _decoded(given: bytes) -> str:
    encoding = next((name for mark, name in _STARTS if given.startswith(mark)), "")
    if not encoding:
        head = given[:_LONGEST_DECLARATION].decode("latin-1").lstrip()
        declared = _ENCODING.match(head)
        encoding = declared[1] if declared else "utf-8"
    try:
        if _CHARSETS.match(codecs.lookup(encoding).name):
            return given.decode(encoding)
    except (LookupError, ValueError):
        pass
    raise XmlInputError(f"the file is not the {encoding} text it should be")


def _parse(document: bytes, before: str) -> None:
    # The name given here outdoes the one in the declaration, as the text was decoded already.
    parser = expat.ParserCreate("utf-8")

    def refuse(*_: object) -> None:
        problem = "a document type (<!DOCTYPE …>) is not accepted"
        raise _at(problem, parser.CurrentLineNumber, parser.CurrentColumnNumber, before)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(document, True)  # noqa: FBT003 - expat takes no keywords
    except expat.ExpatError as mistake:
        words = expat.ErrorString(mistake.code)
        raise _at(_WORDS.get(words, words), mistake.lineno, mistake.offset, before) from None


def _at(problem: str, line: int, offset: int, before: str) -> XmlInputError:
    """Return the mistake with its place in what was given, blank space before it counted in."""
    start = len(before) - before.rfind("\n") - 1 if line == 1 else 0
    return XmlInputError(problem, line=line + before.count("\n"), column=start + offset + 1)
