"""Scoreboards: figures that are kept up to date in the canvas of a channel."""
