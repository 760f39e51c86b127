"""Slackbot and other assistants ask Flowbot: its answers as tools, by the Model Context Protocol.

The tools themselves are in `tools/`. What is not here is the vendors: a tool wants what a command
wants, and the same jobs bring the answer.
"""
