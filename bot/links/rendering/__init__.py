"""Cards, Work Objects, and the windows of links."""
