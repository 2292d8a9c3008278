package app

import (
	"net/http"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	w := &twoRegions{program: newProgram(t), people: map[string]string{}}
	must(t, w.fillDemo(t.Context()))
	s := time.Now()
	crowd(t, w.program, 1000)
	t.Log("crowd", time.Since(s))
	w.people["admin"] = session(t, w.program, "admin", demoLogin(t))
	handler := pages(t, w.program)
	for _, path := range []string{"/siap", "/inovasi/crowd-100500", "/inovasi/crowd-100500/2026/SID-16", "/sk", "/orang", "/sk/baru", "/indeks", "/inovasi", "/"} {
		s := time.Now()
		w.ask(t, handler, "admin", http.MethodGet, path, "")
		t.Log(path, time.Since(s))
	}
}
