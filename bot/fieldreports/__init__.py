"""SaferMe: analytics of field reports (/flow-analytics).

The facts about the vendor are those of its API pages, saferme.github.io/saferme-api-docs. Nothing
here may import another feature.
"""
