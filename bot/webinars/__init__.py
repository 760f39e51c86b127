"""Webinars: FLOW's events, who is registered, and how they went (/flow-events).

The facts about FLOW are in its help: the page "Flow API 0.0.4",
https://support.flowapp.com/support/solutions/articles/12000076814-flow-api-0-0-4, and that of the
links into rooms,
https://support.flowapp.com/support/solutions/articles/12000091765-flow-single-sign-on-api-sso-api-.
Nothing here may import another feature.
"""
