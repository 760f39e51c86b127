"""Answers as assistants get them: as text, and in the blocks that Slackbot takes. Pure."""
