"""giosg: exports of website workflows (/flow-export).

The facts about the vendor are those of its API pages. Nothing here may import another feature.
"""
