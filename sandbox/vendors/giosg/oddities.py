"""The switches of giosg's own oddities: what its pages leave open."""

from sandbox.vendors.switches import Switch, choice, number, toggle


def oddity_switches() -> list[Switch]:
    """Return the switches, set to the most ordinary reading of the vendor's pages."""
    return [
        choice("forbidden", "Refuse with 403 for", "nothing", "subscription", "organization",
               "permission", "no reason given"),
        choice("error_form", "Refusals are", "detail", "list", "text"),
        number("export_megabytes", "Repeat rows until a CSV has so many MB", 0),
        number("export_rows", "Repeat rows until a CSV has so many (up to 1,000,000)", 0),
        toggle("unknown_length", "Files do not say their length"),
        toggle("named_files", "Files name themselves"),
        choice("empty_period", "A period without events is", "a header", "no bytes", "404"),
        choice("wrong_content", "Files hold instead", "nothing else", "a page", "a JSON refusal",
               "a workbook as CSV", "half a workbook", "a zip bomb"),
        choice("csv_columns", "CSV columns", "usual", "renamed", "one more", "two more"),
        toggle("csv_bom", "CSV begins with a byte order mark"),
        toggle("csv_latin_1", "CSV is in Latin-1 instead of UTF-8"),
        choice("csv_form", "CSV is written", "as usual", "in UTF-16", "with bare CR",
               "under a title", "with longer rows"),
        toggle("csv_semicolons", "CSV columns are separated by semicolons"),
        toggle("hostile_rows", "Odd data have formulas, quotes and line ends in rows", value=True),
        choice("list_form", "The list of workflows is", "results", "bare", "pages of two",
               "pages of which one is empty", "pages that lead to themselves"),
        choice("names", "The first workflow is called", "as usual", "like the third",
               "by a new name"),
        choice("rows_form", "Events as JSON are", "a list", "results", "fields and data",
               "something else"),
        choice("sidedata_form", "Counts beside the chart are", "of pages", "of pages, by day alone",
               "of pages, by hour alone", "of interactions"),
        number("most_days", "Refuse periods of more days (0: none)", 0),
        toggle("end_inclusive", "Count the last instant of a period in"),
        toggle("extra_fields", "Add fields that are not documented"),
        choice("missing_field", "Leave out of every answer", "nothing", "id", "name",
               "organization_id", "end_date"),
    ]  # fmt: skip
