"""The windows of Smart Flows: what is opened, filled, entered and previewed."""
