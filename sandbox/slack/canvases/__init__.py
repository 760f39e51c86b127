"""Canvases: documents that people and apps write, with one of its own for each channel."""

from sandbox.slack.canvases.canvas import Canvas, Canvases

__all__ = ("Canvas", "Canvases")
