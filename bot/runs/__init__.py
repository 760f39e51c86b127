"""Smart Flows: document generation (/flow-run), its runs, their cards, watches and questions.

The facts about the vendor are those of its REST pages. Nothing here may import another feature.
"""
