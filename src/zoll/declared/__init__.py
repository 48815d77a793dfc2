"""Which words of the change the release itself mentions."""
