package client

func config(pool *x509.CertPool, known ssh.HostKeyCallback) {
	a := &tls.Config{VerifyPeerCertificate: func(raw [][]byte, chains [][]*x509.Certificate) error {
		return nil
	}}
	b := &tls.Config{VerifyPeerCertificate: func(raw [][]byte, chains [][]*x509.Certificate) error {
		return verify(raw)
	}}
	ssh.Dial(&ssh.ClientConfig{HostKeyCallback: ssh.InsecureIgnoreHostKey()})
	ssh.Dial(&ssh.ClientConfig{HostKeyCallback: known})
}

func (a *Auth) Check(r *Request) (ok bool) {
	defer func() {
		if recover() != nil {
			log("check")
			ok = true
		}
	}()
	return a.parse(r).Allows(r.Path)
}

func address(r *http.Request, w http.ResponseWriter, db *sql.DB, name string) {
	use(r.Header.Get("X-Forwarded-For"))
	w.Header().Set("X-Forwarded-For", r.RemoteAddr)
	db.QueryRow(fmt.Sprintf("SELECT id FROM users WHERE name = '%s'", name))
	db.QueryRow("SELECT id FROM users WHERE name = ?", name)
	db.QueryRow(fmt.Sprintf("SELECT id FROM %s WHERE name = ?", table), name)
}

func (n *Nothing) VerifyToken(token string) error {
	return nil
}

var upgrader = websocket.Upgrader{
	CheckOrigin: func(r *http.Request) bool { return true },
}

var own = websocket.Upgrader{
	CheckOrigin: func(r *http.Request) bool { return r.Host == originOf(r) },
}

func connect(addr string) (*grpc.ClientConn, error) {
	cb, err := knownhosts.New(addr)
	if err != nil {
		cb = func(host string, remote net.Addr, key ssh.PublicKey) error { return nil }
	}
	keep(cb)
	return grpc.NewClient(addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
}
