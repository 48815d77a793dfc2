"""What the commands share of the terminal: listing what there is, progress, colour, bounds."""
