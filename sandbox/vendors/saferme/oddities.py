"""The switches of SaferMe's own oddities: what its pages leave open (vendor notes, 7 and 8)."""

from sandbox.vendors.switches import Switch, choice, number, toggle


def oddity_switches() -> list[Switch]:
    """Return the switches, set to the most ordinary reading of the vendor's pages."""
    return [
        number("answer_420", "Refuse the next calls with 420"),
        choice("errors", "Errors are", "a list", "an object"),
        number("token_days", "Days that an access token lives", 365),
        number("refresh_days", "Days that a refresh token lives", 400),
        toggle("account_locked", "The account is locked"),
        choice("no_rights", "Answer for a channel that is not ours", "403", "404"),
        number("many_channels", "Add channels until there are so many", 0),
        number("page_default", "Entries on a page when none are asked for", 60),
        number("page_most", "Entries on a page at most", 100),
        choice("page_total", "The total of a list is", "known", "unknown"),
        toggle("page_without_unit", "Content-Range comes without a unit"),
        choice("page_status", "Pages have the status", "200", "206"),
        choice("past_the_end", "A page past the end has the status", "200", "416"),
        toggle("range_ignored", "Lists come whole, whatever the Range"),
        toggle("team_needed", "Refuse figures without X-TeamId"),
        choice("preferred_team", "The preferred team of a session is", "7", "-1", "null"),
        number("many_people", "Add people until the team has so many", 0),
        choice("form_data", "The data of a form field is", "a string", "an object", "empty",
               "null"),
        choice("radio_name", "Radio buttons are called", "RadioButton", "Radio"),
        choice("category_value", "A category is counted by", "its number", "an option's value"),
        choice("buckets", "Counts over time are", "by span", "hour", "day", "week", "month",
               "year"),
        toggle("mixed", "Rows come in no order"),
        toggle("sparse", "Leave out what was counted 0 times", value=True),
        choice("sunday", "Sunday is", "0", "7"),
        choice("zone", "Hours, days and weeks are of", "UTC", "Pacific/Auckland"),
        toggle("end_inclusive", "Count the last instant of a period in", value=True),
        toggle("anonymous", "Some reports are anonymous"),
        toggle("departed", "Somebody who reported has left the team", value=True),
        toggle("people_hidden", "The team's members may not be seen"),
        choice("image_host", "Pictures are on", "this host", "another host"),
        toggle("image_redirects", "Pictures are redirected once"),
        number("image_minutes", "Minutes that the address of a picture lives", 15),
        choice("image_content", "Pictures are", "pictures", "a page that says it is one"),
        toggle("extra_fields", "Add fields that are not documented"),
        choice("missing_field", "Leave out of every entry", "nothing", "id", "name",
               "first_name", "report_count", "styles", "user_id"),
    ]  # fmt: skip
