"""What does this part say? One file per family of facts."""
