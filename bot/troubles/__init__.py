"""What keeps orders from being told: noted once, told once, and looked at until it is over.

Digests and watches rest under one trouble and return together. This room knows neither of them.
"""
