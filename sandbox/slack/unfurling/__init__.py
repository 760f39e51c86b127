"""Links: which of a text Slack tells the app of, the cards it draws under them, and their pane.

https://docs.slack.dev/messaging/unfurling-links-in-messages and
https://docs.slack.dev/messaging/work-objects-implementation
"""
