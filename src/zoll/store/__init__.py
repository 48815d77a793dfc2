"""Where bytes are kept, by digest."""
