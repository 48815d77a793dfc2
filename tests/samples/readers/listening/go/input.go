package main

import "net"

func serve() {
	net.Listen("tcp", ":8080")
	net.Listen("tcp", "127.0.0.1:8080")
	net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4zero})
}
