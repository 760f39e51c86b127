"""Links to things of vendors: cards under the messages that have them, and a pane beside them.

https://docs.slack.dev/messaging/unfurling-links-in-messages and
https://docs.slack.dev/messaging/work-objects-implementation
"""
