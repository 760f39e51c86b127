"""The shortcuts: global ones and those in a message's menu."""
