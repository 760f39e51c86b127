"""Digests: what a channel is sent and when (/flow), and what the clock asks for.

It may import asking, jobs, the outbox and what is below them; it knows no feature.
"""
