"""Workspaces that installed Flowbot: how they let it in, its tokens there, and how they leave.

Slack's pages: https://docs.slack.dev/authentication/installing-with-oauth and
https://docs.slack.dev/authentication/using-token-rotation
"""
