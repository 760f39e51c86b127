"""What is asked of people, and what they are told about being found."""
