package mirror

import "net"

func target() *net.UDPAddr {
	other := net.IP{192, 0, 2, 8}
	box := image.Rect(1, 2, 3, 4)
	return &net.UDPAddr{IP: net.IPv4(192, 0, 2, 7), Port: 9000}
}
