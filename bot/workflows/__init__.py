"""Website workflows: the events behind their steps, from giosg (/flow-export).

The facts about giosg are on its pages:
https://docs.giosg.com/api_reference/workflow_report/workflow_reporting and those beside it. Nothing
here may import another feature.
"""
