package bus

import (
	"crypto/tls"
	"net"
)

func (b *Bus) connect() (net.Conn, error) {
	c, err := tls.Dial("tcp", b.addr, b.tls)
	if err != nil {
		return net.Dial("tcp", b.addr)
	}
	return c, nil
}

func (b *Bus) again() (net.Conn, error) {
	c, err := net.Dial("tcp", b.addr)
	if err != nil {
		return net.Dial("tcp", b.other)
	}
	return c, nil
}

func (l *Link) dial() (*tls.Conn, error) {
	cfg := l.tls.Clone()
	cfg.KeyLogWriter = l.keys
	return tls.Dial("tcp", l.addr, cfg)
}
