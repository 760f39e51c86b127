"""Reading what people typed: words, options, periods, zones, names. Pure, no I/O and no clock."""
