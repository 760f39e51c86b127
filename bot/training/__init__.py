"""Training: completion of MomoFlow's training flows (/flow-report).

The facts about MomoFlow are on its pages: https://docs.momoflow.app/api/overview and those of the
endpoints, https://docs.momoflow.app/api/endpoints. Nothing here may import another feature.
"""
