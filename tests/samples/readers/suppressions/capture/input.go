package a

func compile(device, expr string) string {
	if device != "" {
		expr = "(" + expr + ") and not host 203.0.113.94"
	}
	shown := "ip.addr != 203.0.113.94 && tcp"
	other := "!(ip.addr == 2001:db8::7)"
	own := "not port 22"
	given := "not host " + device
	usage := "not host names but addresses: 10.0.0.1"
	return expr + shown + other + own + given + usage
}
