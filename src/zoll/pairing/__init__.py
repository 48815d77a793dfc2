"""Works out which old part became which new part."""
