"""One vendor over HTTP: deadlines, retries, pacing, allowed hosts, streams.

httpx is used here and in the clients of the features alone.
"""
