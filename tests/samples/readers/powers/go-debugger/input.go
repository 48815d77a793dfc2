package main

import (
	"net/http"
	_ "net/http/pprof"
)

func serve(h http.Handler) {
	http.ListenAndServe(":6061", h)
}
