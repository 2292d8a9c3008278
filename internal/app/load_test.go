package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"siida.id/internal/auth"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/id"
	"siida.id/internal/innovation"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// load is people who send forms and files to a program at once, and what it has
// acknowledged as saved.
type load struct {
	*world.Regions
	t       *testing.T
	refuses bool                        // the program may answer that it is busy or that a disk is full
	content func(subject string) []byte // of the file of a document

	saved, refused atomic.Int64

	mu    sync.Mutex
	names []string          // of innovations
	files map[string][]byte // by the subject of their document
}

func newLoad(t *testing.T, w *world.Regions) *load {
	t.Helper()
	return &load{Regions: w, t: t, files: map[string][]byte{}, content: func(subject string) []byte {
		return append([]byte("%PDF-1.7 "+subject+" "), bytes.Repeat([]byte("isi "), 20_000)...)
	}}
}

// outcome is how a form was answered.
type outcome int

// A form was saved; refused, with a sentence; or the program is gone.
const (
	wasSaved outcome = iota
	wasRefused
	noAnswer
)

// begin signs people in, who then send forms to a program at an address until it is
// killed or ctx ends. Names in the forms have the round.
func (l *load) begin(ctx context.Context, address, round string) (work *sync.WaitGroup) {
	l.t.Helper()
	work = new(sync.WaitGroup)
	for login, place := range map[string]string{"operator": "own", "rahasia-other": "other", "admin": ""} {
		home := world.Acting(l.t, l.Program, l.Home, login)
		tokens, err := l.Auth.SignIn(region.Within(l.t.Context(), l.Home), login, world.Passphrase, auth.ClientInfo{Address: "192.0.2.1"})
		world.Must(l.t, err)
		if place == "" {
			work.Go(func() { l.register(ctx, address, tokens.Session, round) })
			continue
		}
		q, err := l.Evidence.Question(home, l.IDs[place].Innovation, "2026", "SID-16")
		world.Must(l.t, err)
		work.Go(func() { l.upload(ctx, home, address, tokens.Session, place, round, q.Answer.Version) })
	}
	return work
}

// serve serves a program that is killed by nobody, and sends it forms until stop is
// called.
func (l *load) serve() (stop func()) {
	l.t.Helper()
	pages, err := l.Site(false)
	world.Must(l.t, err)
	server := httptest.NewServer(pages.Handler())
	l.t.Cleanup(server.Close)
	ctx, cancel := context.WithCancel(l.t.Context())
	work := l.begin(ctx, server.URL, "0")
	return func() {
		cancel()
		work.Wait()
		server.Close()
	}
}

// send sends a form and returns how it was answered.
func (l *load) send(ctx context.Context, address, token, kind string, body io.Reader) outcome {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, body)
	if err != nil {
		l.t.Error(err)
		return noAnswer
	}
	r.Host = world.HomeHost
	r.Header.Set("Content-Type", kind)
	r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
	answer, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		return noAnswer
	}
	text, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	sentence := map[int]string{
		http.StatusServiceUnavailable: "Basis data sedang sibuk", http.StatusInsufficientStorage: "Ruang penyimpanan server penuh",
	}[answer.StatusCode]
	switch {
	case answer.StatusCode == http.StatusSeeOther:
		l.saved.Add(1)
		return wasSaved
	case err != nil:
		return noAnswer
	case l.refuses && sentence != "" && bytes.Contains(text, []byte(sentence)):
		l.refused.Add(1)
		time.Sleep(5 * time.Millisecond)
		return wasRefused
	}
	l.t.Errorf("%s: %d\n%s", address, answer.StatusCode, text)
	return noAnswer
}

// register registers innovations.
func (l *load) register(ctx context.Context, address, token, round string) {
	for n := 0; ctx.Err() == nil; n++ {
		name := fmt.Sprintf("Inovasi %s %d", round, n)
		form := url.Values{
			"perangkat": {l.IDs["own"].Agency}, "nama": {name}, "urusan": {"Kesehatan"}, "terap": {"2024-03-01"}, "rancang": {"Rancang"}, creating.Field: {id.New()},
		}
		switch l.send(ctx, address+"/inovasi", token, "application/x-www-form-urlencoded", strings.NewReader(form.Encode())) {
		case wasSaved:
			l.mu.Lock()
			l.names = append(l.names, name)
			l.mu.Unlock()
		case noAnswer:
			return
		case wasRefused:
		}
	}
}

// upload answers an indicator of an innovation with a new file each time.
func (l *load) upload(ctx, home context.Context, address, token, place, round string, version int64) {
	for n := 0; ctx.Err() == nil; n++ {
		subject := fmt.Sprintf("Surat %s %s %d", place, round, n)
		content := l.content(subject)
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for name, value := range map[string]string{
			"versi": strconv.FormatInt(version, 10), "pilihan": strconv.FormatInt(1+version%3, 10),
			creating.Field: id.New(), "tentang": subject, "nomor": "1/2026", "tanggal": "2025-02-03",
		} {
			world.Must(l.t, form.WriteField(name, value))
		}
		part, err := form.CreateFormFile("berkas", "surat.pdf")
		world.Must(l.t, err)
		_, err = part.Write(content)
		world.Must(l.t, errors.Join(err, form.Close()))
		switch l.send(ctx, address+"/inovasi/"+l.IDs[place].Innovation+"/2026/SID-16", token, form.FormDataContentType(), &body) {
		case wasSaved:
			version++
			l.mu.Lock()
			l.files[subject] = content
			l.mu.Unlock()
		case noAnswer:
			return
		case wasRefused: // it may be saved all the same: the answer to its commit was lost
			if version = l.version(ctx, home, place); version == 0 {
				return
			}
		}
	}
}

// version reads the version of an answer as soon as it can be read; 0 if ctx ends before.
func (l *load) version(ctx, home context.Context, place string) int64 {
	for ; ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
		if q, err := l.Evidence.Question(home, l.IDs[place].Innovation, "2026", "SID-16"); err == nil {
			return q.Answer.Version
		}
	}
	return 0
}

// await waits for n more of what is counted.
func (l *load) await(what string, counted *atomic.Int64, n int64) {
	l.t.Helper()
	from := counted.Load()
	until(l.t, what, func() bool { return counted.Load() >= from+n || l.t.Failed() })
}

// check checks that all that was acknowledged is there, once, and nothing half.
func (l *load) check() {
	l.t.Helper()
	l.checkNames()
	l.checkFiles()
	c := &checkup{Program: l.Program, t: l.t, folder: l.Files}
	for about := range c.found() {
		if strings.HasPrefix(about, "!") {
			l.t.Errorf("siida check finds %s", about)
		}
	}
	l.t.Logf("%d innovations and %d files acknowledged, %d forms refused", len(l.names), len(l.files), l.refused.Load())
}

// checkNames checks that each acknowledged innovation exists once, and no name twice.
func (l *load) checkNames() {
	l.t.Helper()
	admin := world.Acting(l.t, l.Program, l.Home, "admin")
	got := map[string]int{}
	list, err := l.Innovations.Store.List(admin, innovation.Scope{Region: true})
	world.Must(l.t, err)
	for _, i := range list {
		got[i.Name]++
	}
	for _, name := range l.names {
		if got[name] == 0 {
			l.t.Errorf("%s was acknowledged, and is lost", name)
		}
	}
	for name, n := range got {
		if n > 1 {
			l.t.Errorf("%s is there %d times", name, n)
		}
	}
}

// checkFiles opens each acknowledged file.
func (l *load) checkFiles() {
	l.t.Helper()
	admin := world.Acting(l.t, l.Program, l.Home, "admin")
	got := map[string][]byte{}
	for _, place := range []string{"own", "other"} {
		q, err := l.Evidence.Question(admin, l.IDs[place].Innovation, "2026", "SID-16")
		world.Must(l.t, err)
		for _, d := range q.Proofs {
			_, content, err := l.Evidence.Open(admin, d.ID)
			world.Must(l.t, err)
			got[d.Subject], err = io.ReadAll(content)
			world.Must(l.t, errors.Join(err, content.Close()))
		}
	}
	for subject, content := range l.files {
		if !bytes.Equal(got[subject], content) {
			l.t.Errorf("%s was acknowledged with %d bytes, and has %d", subject, len(content), len(got[subject]))
		}
	}
}
