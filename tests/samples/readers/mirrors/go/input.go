package relay

func mirrors(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
}

func asks(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	if _, known := sites[origin]; !known {
		return
	}
	w.Header().Set("Access-Control-Allow-Origin", origin)
}
