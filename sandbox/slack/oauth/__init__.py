"""Installing the app: the page where people allow it, its tokens, and whose they are."""
