"""Package URLs to files, through the user's own index or archive."""
