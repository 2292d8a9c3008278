package httpx

import (
	"net/http"
	"sync"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// maxUploads is the number of files that a person may send at once: each needs a
// connection and a file on disk all the time.
const maxUploads = 4

// Uploads counts the uploads in progress by person. The zero value is ready for use;
// nil has no limit.
type Uploads struct {
	mu sync.Mutex
	by map[string]int
}

// begin counts an upload until end is called. It returns Throttle if the person has
// too many in progress.
func (u *Uploads) begin(r *http.Request) (end func(), err error) {
	if u == nil {
		return func() {}, nil
	}
	who := actor.From(r.Context())
	key := who.Region + "/" + who.ID
	if !who.SignedIn() {
		key = Address(r.Context())
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.by[key] >= maxUploads {
		return nil, fault.New(fault.Throttle, "fault.uploads").With(fault.Args{"Max": maxUploads})
	}
	if u.by == nil {
		u.by = map[string]int{}
	}
	u.by[key]++
	return func() { u.end(key) }, nil
}

func (u *Uploads) end(key string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.by[key]--; u.by[key] == 0 {
		delete(u.by, key)
	}
}
