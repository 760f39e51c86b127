"""FLOW over HTTP."""
