"""Until when a vendor wants to hear nothing more: as this process was told, or any other.

A vendor counts the questions of one credential, whichever process asks them. So "come back later"
is a row of the workspace, which everybody reads before they ask.
"""
