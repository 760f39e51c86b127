"""What is wrong and how to mend it: one look at everything that Flowbot needs, `flowbot doctor`."""
