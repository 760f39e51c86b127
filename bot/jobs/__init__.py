"""Work that was accepted once and is carried out once: the table, the door in, what comes out."""
