"""MomoFlow: training completion (/flow-report).

The facts about the vendor are those of its API pages. Nothing here may import another feature.
"""
