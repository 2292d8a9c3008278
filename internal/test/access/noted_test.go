package access

import (
	"net/http"
	"strings"
	"testing"

	"siida.id/internal/test/world"
)

// public are the files that are anybody's, or of no interest to others.
var public = []string{"GET /laporan/kop/lambang"}

// What is not public and leaves the program as a file is noted in the access log.
func TestCaseS8FilesAreNoted(t *testing.T) {
	const persona = "admin"
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	files := 0
	for _, r := range registered(t) {
		if r.method != http.MethodGet || !r.grants.allow(persona, "own") {
			continue
		}
		if strings.HasPrefix(r.address, "/laporan/terbit/") || strings.HasPrefix(r.address, "/v/") { // issued once only
			if made := strings.HasSuffix(r.pattern, "/pdf") || strings.HasSuffix(r.pattern, "/xlsx"); made != r.noted {
				t.Errorf("%s: noted is %v", r.pattern, r.noted)
			}
			continue
		}
		if r.prepare != nil {
			r.prepare(t, w, "own")
		}
		path := filledAt(t, w, persona, "own", r.address)
		answer := w.Ask(t, handler, persona, r.method, path, "")
		kind := answer.Header().Get("Content-Type")
		isFile := answer.Code == http.StatusOK && !strings.HasPrefix(kind, "text/html")
		for _, pattern := range public {
			isFile = isFile && r.pattern != pattern
		}
		if isFile != r.noted && answer.Code == http.StatusOK {
			t.Errorf("%s: %d %s, and noted is %v", r.pattern, answer.Code, kind, r.noted)
		}
		if isFile {
			files++
		}
	}
	if files < 8 {
		t.Errorf("%d routes send files: the test looks for the wrong things", files)
	}
}
