"""Answers about webinars: lists, one event, its reports, and their files."""
