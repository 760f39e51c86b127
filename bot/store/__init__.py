"""All SQL. Above this package nobody knows which database runs."""
