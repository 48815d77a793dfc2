package status

import (
	"fmt"
	"net/http"
)

type Server struct {
	Version string
	Jobs    int
}

func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/status", s.status)
	return mux
}

func (s *Server) status(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "version %s jobs %d\n", s.Version, s.Jobs)
}
