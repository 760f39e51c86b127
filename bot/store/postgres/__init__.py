"""Postgres behind the seam to the database. Only where DATABASE_URL says so is it imported."""
