"""Talking with people beyond their commands: help, plain lines, a welcome, the Home tab.

It may import a feature as a value, digests, asking and what is below them; it knows no room.
"""
