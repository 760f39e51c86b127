"""The switches of FLOW's own oddities: what its pages leave open."""

from sandbox.vendors.switches import Switch, choice, number, toggle

TIME_FORMS = ("plain", "iso", "seconds", "milliseconds", "time alone", "words")
SURVEY_RESULTS = ("CSV", "a list", "missing")
CREATED_ANSWERS = ("event", "with its creator", "null", "empty body")


def oddity_switches() -> list[Switch]:
    """Return the switches, set to the most ordinary reading of the vendor's pages."""
    return [
        choice("envelope", "JSON answers are", "wrapped", "bare"),
        choice("refusal", "A refusal has", "its own status", "200 with a code"),
        choice("unknown_period", "Answer to a period that is none", "all", "400"),
        toggle("key_everywhere", "Public calls need the key, too"),
        choice("csv_form", "CSV reports come as", "text", "a string of JSON", "words alone"),
        toggle("csv_variant", "CSV columns have other names and another order"),
        toggle("csv_semicolons", "CSV columns are separated by semicolons"),
        toggle("csv_bom", "CSV begins with a byte order mark"),
        toggle("csv_latin_1", "CSV is in Latin-1 instead of UTF-8"),
        choice("report_too_early", "Reports on an event to come", "empty", "404"),
        choice("time_form", "Times of entry and exit", *TIME_FORMS),
        choice("no_show", "Times of somebody who did not come", "null", "empty", "zeros"),
        choice("flags", "Flags are", "numbers", "booleans"),
        choice("pass_code", "Pass code of a registration", "null", "number"),
        choice("redirect", "A registration with `redirect` gets", "redirectURL", "302"),
        toggle("link_in_envelope", "A registration's link is in redirectURL alone"),
        toggle("bare_public", "The public answer has a title, a date and a time alone"),
        choice("duration_unit", "Durations of events are in", "hours", "minutes"),
        toggle("bare_events", "Events without creator, operators and analytics"),
        toggle("odd_zone", "Events name a time zone that is none"),
        toggle("hosts_listed", "Hosts are among the registrants", value=True),
        toggle("odd_row", "One registrant is no person"),
        toggle("null_lists", "Lists without entries are null"),
        number("many_registrants", "Repeat registrants until an event has so many", 0),
        choice("survey_results", "Survey results of the compiled report", *SURVEY_RESULTS),
        toggle("no_surveys", "Events have no survey"),
        toggle("no_account_token", "Operators come without the account's token"),
        choice("room_key", "A room is signed on to by its", "room_id", "id"),
        choice("created_answer", "Answer to a created event", *CREATED_ANSWERS),
        toggle("creation_says_no", "Refuse to create events"),
        toggle("registration_closed", "Refuse registrations with 403"),
        toggle("extra_fields", "Add fields that are not documented"),
        choice("missing_field", "Leave out of every event", "nothing", "token", "title", "date"),
    ]
