"""Field reports: SaferMe's channels of reports, as figures and pictures (/flow-analytics).

The facts about SaferMe are on its pages: https://saferme.github.io/saferme-api-docs, above all
https://saferme.github.io/saferme-api-docs/analytics.html. Nothing here may import another feature.
"""
