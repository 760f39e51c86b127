"""The switches of MomoFlow's own oddities: what its pages leave open."""

from sandbox.vendors.switches import Switch, choice, number, toggle


def oddity_switches() -> list[Switch]:
    """Return the switches, set to the most ordinary reading of the vendor's pages."""
    return [
        number("rate_limit", "Calls allowed in a minute", 50),
        choice("average_time", "Average completion time", "days", "hours", "zero", "empty", "null"),
        choice("empty_rate", "Completion rate when nobody has the flow", "zero", "null"),
        choice(
            "aggregate", "Answer to an aggregation", "series", "plain", "series only", "refused"
        ),
        choice(
            "missing_field",
            "Leave out of every report",
            "nothing",
            "metrics",
            "totalAssignments",
            "flowName",
            "assignments",
            "assigneeEmail",
        ),
        toggle("odd_row", "One assignment comes without an e-mail address"),
        toggle("missing_schedules", "Leave out schedules"),
        toggle("unknown_status", "Give some people a status that is not documented"),
        toggle("odd_dates", "Dates without an offset, and a date that is none"),
        toggle("extra_fields", "Add fields that are not documented"),
        number("large_report", "Repeat people until the report has so many", 0),
        number("most_listed", "List at most so many people, however many are counted", 0),
        toggle("end_inclusive", "Count the last instant of a range in", value=True),
        toggle("lost_users", "Nobody is found in the organisation"),
        toggle("assign_says_no", "Answer an assignment with 200 and success: false"),
        number("link_minutes", "Minutes that an export link lives", 15),
        choice("expired_answer", "Answer to an expired link", "410", "404"),
        toggle("download_needs_key", "Downloads need the key"),
        toggle("download_elsewhere", "Downloads are on another host"),
        toggle("download_redirects", "Downloads are redirected once"),
        toggle("download_chunked", "Downloads do not say their length"),
        toggle("download_plain_name", "Downloads do not name the file"),
        toggle("hostile_files", "Export files hold formulas"),
        toggle("empty_files", "Export files are empty"),
    ]
