"""The views of the demo app: a modal with inputs of every kind, one to push, and a Home."""

from tests.sandbox.page.gallery import Json, mrkdwn, option, plain

MODAL: Json = {
    "type": "modal",
    "callback_id": "get_report",
    "title": plain("Training report"),
    "submit": plain("Get it"),
    "close": plain("Cancel"),
    "blocks": [
        {
            "type": "input",
            "block_id": "flow",
            "label": plain("Flow"),
            "element": {"type": "plain_text_input", "action_id": "name"},
            "hint": plain("A name or an id"),
        },
        {
            "type": "input",
            "block_id": "period",
            "label": plain("Period"),
            "element": {
                "type": "static_select",
                "action_id": "period",
                "options": [option("last-7d", "Last 7 days"), option("last-30d", "Last 30 days")],
                "initial_option": option("last-30d", "Last 30 days"),
            },
        },
        {
            "type": "input",
            "block_id": "webinar",
            "optional": True,
            "label": plain("Webinar"),
            "element": {
                "type": "external_select",
                "action_id": "webinar",
                "min_query_length": 2,
                "placeholder": plain("Type to find one"),
            },
        },
        {
            "type": "input",
            "block_id": "parts",
            "optional": True,
            "label": plain("Also include"),
            "element": {
                "type": "checkboxes",
                "action_id": "parts",
                "options": [
                    option("modules", "Module progress", description=plain("One line each")),
                    option("trend", "Trend"),
                ],
            },
        },
        {
            "type": "input",
            "block_id": "format",
            "label": plain("Format"),
            "element": {
                "type": "radio_buttons",
                "action_id": "format",
                "options": [option("csv", "CSV"), option("xlsx", "XLSX")],
                "initial_option": option("csv", "CSV"),
            },
        },
        {
            "type": "input",
            "block_id": "due",
            "optional": True,
            "label": plain("Due"),
            "element": {"type": "datepicker", "action_id": "due"},
        },
        {
            "type": "actions",
            "block_id": "more",
            "elements": [{"type": "button", "action_id": "push", "text": plain("Choose people")}],
        },
    ],
}

PUSHED: Json = {
    "type": "modal",
    "callback_id": "people",
    "title": plain("Choose people"),
    "submit": plain("Use these"),
    "blocks": [
        {
            "type": "input",
            "block_id": "people",
            "label": plain("People"),
            "element": {"type": "multi_users_select", "action_id": "people"},
        }
    ],
}

HOME: Json = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Your digests")},
        {"type": "section", "text": mrkdwn("*onboarding*, weekdays 09:00 in <#CTRAIN>")},
        {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "home_button", "text": plain("Pause")}],
        },
    ],
}
