"""Which software by somebody else is inside a release? One file per source of knowledge."""
