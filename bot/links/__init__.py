"""Links to things of vendors: a card under the message, and more beside it."""
