"""From typed words to an answer: the grammar that commands share, and what every question needs.

It knows no feature: the kinds of question come to it as values. It may import jobs, the outbox and
what is below them.
"""
