"""The switches of Smart Flows' own oddities: all that its sources leave open."""

from sandbox.vendors.smartflows.statuses import ENDED, PAUSES, SPELLINGS
from sandbox.vendors.switches import Switch, choice, number, toggle


def oddity_switches() -> list[Switch]:
    """Return the switches, set to the most ordinary reading of the vendor's sources."""
    return [*_life(), *_answers(), *_lists(), *_documents()]


def _life() -> list[Switch]:
    return [
        number("others_every", "Somebody else starts a flow about every so many seconds", 240),
        choice("next_outcome", "Flows started over the API end with", "as usual", *ENDED),
        choice("next_pause", "Flows started over the API stop for", "as usual", "none", *PAUSES),
        number("run_seconds", "Flows started over the API work so many seconds (0: as usual)"),
        choice("start_answer", "Status in the answer to a start", "Running", "Queued"),
        choice("start_code", "HTTP status of a start", "200", "201", "202"),
        number("cancel_seconds", "A cancelled run still runs for so many seconds", 2),
        choice("cancel_ended", "Answer to cancelling an ended run", "200", "409", "404"),
        choice("answer_unasked", "Answer to answering what was not asked", "409", "400", "200"),
        number("unattended_hours", "Hours until a pause is interrupted (0: never)", 48),
        number("documents_kept_hours", "Hours that documents are kept (0: for ever)", 24),
        number("executions_kept_hours", "Hours that ended runs are kept (0: for ever)", 72),
    ]


def _answers() -> list[Switch]:
    return [
        toggle("own_only", "The key sees only its own runs"),
        choice("others_answer", "Answer about others' runs to such a key", "404", "403"),
        toggle("no_roles", "users/me does not tell permissions"),
        toggle("license_over", "The project's license has ended"),
        choice("key_refused", "Answer to a wrong key", "401", "403"),
        choice("bad_id", "Answer to an id that is no UUID", "400", "404"),
        choice("error_body", "Body of a refusal", "spring", "message", "empty", "html"),
        choice("poll_wakes", "A long poll ends early with", "any change", "status", "nothing"),
        choice("poll_standing", "A long poll on a standing clock", "answers at once", "jumps"),
        choice("spelling", "Spelling of statuses", *SPELLINGS),
        toggle("unknown_status", "Some running runs have a status that is not documented"),
        toggle("no_percentage", "Progress has no percentage and no message"),
        toggle("extra_fields", "Add fields that are not documented"),
        toggle("untyped_names", "Leave the type out of names with ids"),
        choice("dates", "Dates are", "ISO with ms", "without offset", "+0000", "milliseconds"),
    ]


def _lists() -> list[Switch]:
    return [
        toggle("bare_rows", "Rows of lists have no state", value=True),
        toggle("spring_pages", "Lists come in an envelope"),
        number("largest_page", "Rows in a page at most", 200),
        choice("default_order", "Lists without a sort are", "newest first", "oldest first"),
        choice("sort_modified", "Sorting by modifiedAt is", "accepted", "ignored", "refused"),
        toggle("refuse_equals", "Refuse the operator 'equals' of the guide", value=True),
        toggle("date_times", "Filters take a time and not only a day"),
        toggle("more_keys", "Filters take flow.id, createdBy.id and modifiedAt"),
        toggle("no_statistics", "There are no statistics"),
    ]


def _documents() -> list[Switch]:
    return [
        choice("document_type", "A document's contentType is", "full", "short", "missing", "wrong"),
        choice("download_type", "A download's Content-Type is", "octet-stream", "its own"),
        toggle("download_named", "Downloads name the file", value=True),
        toggle("download_chunked", "Downloads do not say their length"),
        toggle("odd_output", "Documents are deep in the output, under other names"),
        toggle("no_document_names", "Documents have no name in the output"),
        toggle("lost_documents", "Documents are gone although their run is there"),
        toggle("lost_inputs", "What runs were started with is gone although they are there"),
        number("document_mb", "Make documents so many MB large"),
    ]
