"""The Web API: one function for each method, and the table that says who may call it how often."""
