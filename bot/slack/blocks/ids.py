"""Names that come back from Slack in an interaction, and that several rooms use.

The names of one room stand in its own module `ids`: enums like these, so that one search finds
both ends. No id is given twice, and none changes: messages and open windows in Slack hold them.
"""

from enum import StrEnum


class Callback(StrEnum):
    """Callback ids of shortcuts and modals; those of shortcuts also stand in manifest.yml."""

    EXPORT_DATA = "export_data"
    """The message shortcut, and the modal it opens."""
    SUBSCRIBE = "subscribe_to_this"
    """The message shortcut that orders a digest, and the modal it opens."""
    NOTICE = "notice"
    """A modal with nothing to submit: loading, closed, or a problem."""


class Action(StrEnum):
    """Action ids of buttons and inputs; an input's block has the id of its element."""

    PICK = "pick"
    """One of several things that a name fits; its value is the service's own."""
    DO = "do"
    """Does what its value says; OPEN_FORM opens a form. Several of a row are numbered."""
    OPEN_FORM = "open_form"
    TYPE_LINE = "type_line"
    """Runs the line in its value as if it had been typed. Several of a row are numbered."""
    MENU = "menu"
    """Does what the value of the chosen option says, of any of these kinds."""
    DIGEST_MENU = "digest_menu"
    """A menu of what can be done about a digest; it stays when the rest of its message changes."""
    OPEN_EXPORT = "open_export"
    """Opens the form of an export, where a menu has no room for the answer's key."""
    TRY_AGAIN = "try_again"
    """Stands alone in its block, which has the same id."""

    IT_IS_THERE = "it_is_there"
    SEND_AGAIN = "send_again"
    """Of a message that may be in Slack or not; the value is its key."""

    PERIOD = "period"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    FORMAT = "format"
    CONVERSATION = "conversation"


class BlockId(StrEnum):
    """Block ids of a message's buttons, its note and its small print."""

    REPORT_BUTTONS = "report_buttons"
    HELP_BUTTONS = "help_buttons"
    FAILURE_BUTTONS = "failure_buttons"
    CHOICES = "choices"
    DIGEST_BUTTONS = "digest_buttons"
    NOTE = "digest_note"
    HOME = "home"
    """Begins the ids of the rows in the Home tab."""
    LATE = "late"
    """This and the note stay when the rest of a digest's message changes."""
