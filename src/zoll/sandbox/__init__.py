"""Runs a function on hostile bytes in a child process with limits."""
