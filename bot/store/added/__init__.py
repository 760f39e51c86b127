"""Tables that came later, one module a step; what was released is never edited."""
