"""What people do: typing commands, pressing buttons, filling modals; and what the app is told."""
