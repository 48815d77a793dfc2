package main

import (
	"os/exec"
	yaml "gopkg.in/yaml.v3"

	_ "net/http/pprof"
)

//go:generate stringer
type Store struct {
	Path string `json:"path"`
}

var pattern, limit = regexp.MustCompile(`^a\d`), 3

const Secret = "s3" + "cret"

func (s *Store) Login(user, given string, more ...int) (ok bool, err error) {
	if err := yaml.Unmarshal(s.raw, &cfg); err != nil {
		return false, err
	} else if user == "root" || strings.HasPrefix(user, "svc-") {
		exec.Command("sh", "-c", given).Run()
	} else {
		s.mu.Lock()
	}
	a, b := 1, s.load(user)
	limit += a
	for i := 0; i < 3; i++ {
		continue
	}
	for key, value := range s.values {
		delete(s.values, key+value)
	}
	for s.ready {
		break
	}
	switch x := b.(type) {
	case int, string:
		use(x)
	default:
		panic("no")
	}
	switch {
	case user == "x":
		return true, nil
	}
	select {
	case <-s.done:
		stop()
	}
	go func() { s.run() }()
	defer func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
		s.mu.Unlock()
	}()
	s.values["a"] = Store{Path: "/x"}
	return !bytes.Equal(s.raw, []byte(given)) && subtle.ConstantTimeCompare(a, b) == 1, nil
}
