"""Who may do what: the rules that admins set, and what they see of them."""
