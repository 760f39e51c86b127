"""A look at a database before it is opened for work: nothing is changed in it."""
