"""Steps of Slack's workflows: what Flowbot can do there, and that each of them comes to an end.

What a step wants is what a command wants: the same questions, rights, record and messages. What is
of the steps alone is that somebody waits for their end, and for values to go on with.
"""
