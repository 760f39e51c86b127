"""What SQLite files of older versions are made of, and how they become what all databases are."""
