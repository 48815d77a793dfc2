package cell

//go:generate sh ./gen.sh
func F() {}
