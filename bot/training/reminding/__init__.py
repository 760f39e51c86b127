"""Reminders to those who are overdue: shown first, in one's own name, never without consent."""
