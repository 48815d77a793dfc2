"""Works out what a pair gained and lost."""
