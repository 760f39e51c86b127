"""Names that come back from Slack in interactions about digests."""

from enum import StrEnum


class DigestCallback(StrEnum):
    """Callback ids of shortcuts and modals."""

    NEW = "new_digest"
    """The global shortcut, and the modal of every order and every change."""
    CHANGE = "change_digest"
    """Opens that modal about a digest."""
    HAND_OVER = "hand_over_digest"
    REST = "rest_digest"
    IMPORT = "import_digests"
    APPLY = "apply_digests"


class DigestAction(StrEnum):
    """Action ids of inputs and of the form's own buttons."""

    KIND = "digest_kind"
    FIGURE = "digest_figure"
    PERIOD = "digest_period"
    OTHER = "digest_other"
    """Chooses something else than what the form was opened about."""
    OFTEN = "digest_often"
    DAY = "digest_day"
    WHICH = "digest_which"
    DATE = "digest_date"
    TIME = "digest_time"
    ZONE = "digest_zone"
    SCHEDULE = "schedule"
    PLACES = "digest_places"
    NOTE = "note"
    CHANGED = "digest_changed"
    ONLY_IF = "digest_only_if"
    FILE = "digest_file"
    QUIET = "digest_quiet"
    HOLIDAYS = "digest_holidays"
    MORE = "digest_more"
    """Shows the five before."""
    HEIR = "digest_heir"
    CODE = "digests_as_text"
    CODE_FILE = "digests_as_file"
    CODE_STOP = "stop_other_digests"
    LENGTH = "digest_rest"
    UNTIL = "digest_until"
    ALL_OF_KIND = "digest_all_of_kind"
    PREVIEW = "digest_preview"
    FOLLOW = "digest_follow"
    """Turns the form into that in which a question is followed."""


REDRAWS = (
    *(DigestAction.KIND, DigestAction.OTHER, DigestAction.OFTEN, DigestAction.DAY),
    *(DigestAction.WHICH, DigestAction.DATE, DigestAction.TIME, DigestAction.SCHEDULE),
    *(DigestAction.ZONE, DigestAction.MORE),
)
"""After these the rest of the form may look different."""
