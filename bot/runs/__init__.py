"""Runs of Smart Flows: documents made by its flows (/flow-run), their cards, watches, questions.

The facts about Smart Flows are in its maker's repositories: the guide to the REST API,
https://github.com/Invenso/smart-flows, and the clients that were generated from it,
https://github.com/Invenso/smart-flows-clients. Nothing here may import another feature.
"""
