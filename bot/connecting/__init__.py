"""Connecting a workspace to its services: by its admins, in the Home tab."""
