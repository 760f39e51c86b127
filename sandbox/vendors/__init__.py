"""Local stand-ins of the vendors' APIs, one small aiohttp application each."""
