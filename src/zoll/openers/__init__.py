"""What is inside this? One file per container kind."""
