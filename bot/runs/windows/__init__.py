"""What fills windows that Smart Flows alone can fill."""
