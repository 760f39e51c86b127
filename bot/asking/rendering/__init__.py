"""Forms, pick lists, help and dates that every feature shares. Pure values to Block Kit."""
