"""The same content in ever plainer forms."""

from bot.slack.blocks.blocks import channel, mention, paragraph, plain, says
from bot.slack.blocks.fallbacks import CLASSIC, NATIVE, WORDS, as_fallback, files_for
from bot.slack.blocks.tables import data_table, words
from bot.slack.blocks.text import as_text
from bot.slack.messages import Message

ROWS = [(words("ada"),), (words("=1+1"),)]
TABLE = data_table("People", columns=("Person",), rows=ROWS, total=2)
MESSAGE = Message("Two people", (paragraph(plain("All of them")), *TABLE))


def test_at_the_first_level_it_is_the_message_itself() -> None:
    assert as_fallback(MESSAGE, NATIVE) == MESSAGE
    assert files_for(MESSAGE, NATIVE) == ()


def test_the_second_level_has_older_blocks() -> None:
    kinds = [block["type"] for block in as_fallback(MESSAGE, CLASSIC).blocks]

    assert "table" in kinds
    assert "data_table" not in kinds


def test_the_last_level_is_text_with_the_tables_and_the_words_as_files() -> None:
    assert as_fallback(MESSAGE, WORDS) == Message("Two people")

    table, rest = files_for(MESSAGE, WORDS)
    assert table.source.arguments["rows"] == [["Person"], ["ada"], ["=1+1"]]
    assert rest.source.arguments["rows"] == [["All of them"]]
    assert (table.filename, rest.filename) == ("people.csv", "the-words-of-this-message.csv")


def test_a_message_of_words_alone_needs_no_file_for_a_table() -> None:
    assert [each.title for each in files_for(says("Hello"), WORDS)] == ["The words of this message"]


def test_a_terminal_shows_where_a_message_goes_its_words_and_its_tables() -> None:
    shown = as_text("chat.postMessage", {"channel": "C1", "blocks": list(MESSAGE.blocks)})

    assert shown == "[to C1]\n\nAll of them\n\nPeople\nPerson\nada\n=1+1"


def test_a_terminal_says_who_alone_sees_a_message() -> None:
    arguments = {"channel": "C1", "user": "U1", "text": "Hello"}

    assert as_text("chat.postEphemeral", arguments) == "[to C1, only for U1]\n\nHello"


def test_a_terminal_shows_a_file_by_its_name_size_type_and_path() -> None:
    upload = {"filename": "a.csv", "length": 1200, "mimetype": "text/csv", "path": "out/a.csv"}

    assert as_text("files.upload", upload) == "[file a.csv, 1,200 bytes, text/csv]\nout/a.csv"


def test_a_terminal_cuts_what_is_too_wide() -> None:
    wide = data_table("Wide", columns=("Name",), rows=[(words("x" * 60),)], total=1)

    shown = as_text("chat.postMessage", {"channel": "C1", "blocks": list(wide)})

    assert shown.splitlines()[-1] == "x" * 47 + "…"


def test_a_terminal_names_the_form_that_would_open() -> None:
    view = {"title": {"type": "plain_text", "text": "Run a Smart Flow"}}

    assert as_text("views.open", {"view": view}) == "[opens the form “Run a Smart Flow”]"


def test_a_terminal_tells_an_edit_from_a_new_message() -> None:
    arguments = {"channel": "C1", "ts": "1.0", "text": "Done"}

    assert as_text("chat.update", arguments) == "[edits a message in C1]\n\nDone"


def test_a_terminal_shows_whom_and_which_channel_a_sentence_names() -> None:
    blocks = [paragraph(mention("U1"), plain(" in "), channel("C1"))]

    assert as_text("chat.postMessage", {"channel": "C1", "blocks": blocks}).endswith("@U1 in #C1")
