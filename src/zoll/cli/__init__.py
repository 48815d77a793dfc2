"""Door 1: the command line."""
