package bench

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"siida.id/internal/base/creating"
	"siida.id/internal/base/id"
	"siida.id/internal/demo"
	"siida.id/internal/infra/benchtest"
	"siida.id/internal/infra/samplefile"
)

// manyRequests is how many requests are sent before memory is measured.
const manyRequests = 10_000

// BenchmarkMixed measures resident memory after ten thousand requests of six
// concurrent people, one of each role: pages, lists, figures, files, and saved
// answers, some with a file. The floor is a server that does nothing, after as
// many requests.
func BenchmarkMixed(b *testing.B) {
	smallest := filepath.Join(b.TempDir(), "server")
	execute(b, "go", "build", "-o", smallest, "./testdata/server")
	b.Run("memory after 10,000 requests", func(b *testing.B) {
		benchtest.Figure{
			Unit: "MB", Max: 100,
			Of: func() float64 {
				s := serve(b, dataFolder(b, true))
				defer s.stop(b)
				workday(b, s.url)
				return s.resident(b)
			},
			Floor: func() float64 {
				s := start(b, smallest)
				defer s.stop(b)
				v := &visitor{b: b, url: s.url}
				for range manyRequests {
					v.get("/", http.StatusNotFound)
				}
				return s.resident(b)
			},
		}.Run(b)
	})
}

// workday lets one person of each role work until there are enough requests.
// Every answer must be a success.
func workday(b *testing.B, at string) {
	b.Helper()
	logins, err := demo.Logins()
	if err != nil {
		b.Fatal(err)
	}
	var sent, saved atomic.Int64
	var all sync.WaitGroup
	seen := map[string]bool{}
	for _, l := range logins {
		if seen[l.Role] {
			continue
		}
		seen[l.Role] = true
		w := &worker{visitor: signInAs(b, at, l), sent: &sent, saved: &saved}
		w.Transport = countedTrips{&sent}
		all.Go(func() {
			for turn := 0; sent.Load() < manyRequests; turn++ {
				if err := w.work(turn); err != nil {
					b.Errorf("%s: %v", l.Login, err)
					return
				}
			}
		})
	}
	all.Wait()
	if b.Failed() {
		b.FailNow()
	}
	if saved.Load() < manyRequests/100 {
		b.Fatalf("of %d requests only %d saved an answer", sent.Load(), saved.Load())
	}
}

// countedTrips counts requests, including followed redirects.
type countedTrips struct{ sent *atomic.Int64 }

// RoundTrip implements http.RoundTripper.
func (c countedTrips) RoundTrip(r *http.Request) (*http.Response, error) {
	c.sent.Add(1)
	return http.DefaultTransport.RoundTrip(r)
}

// worker is a visitor that saves answers.
type worker struct {
	*visitor
	sent, saved *atomic.Int64
}

var (
	innovationLink = regexp.MustCompile(`href="(/inovasi/[0-9a-f-]{36})"`)
	indicatorLink  = regexp.MustCompile(`href="(/inovasi/[0-9a-f-]{36}/2027/SID-\d+)"`)
	documentLink   = regexp.MustCompile(`href="(/bukti/[0-9a-f-]{36})"`)
	versionField   = regexp.MustCompile(`name="versi" value="(\d+)"`)
)

// work does one round: the pages of a role, an innovation, one of its
// indicators with its files, and an answer if the person may save one.
func (w *worker) work(turn int) error {
	var list string
	for _, path := range []string{"/inovasi", "/", "/indeks/2026", "/indeks/2027", "/indeks/2026/peringkat", "/perangkat-daerah", "/daerah", "/sk", "/saya"} {
		text, err := w.ask(http.MethodGet, path, "", nil)
		if err != nil {
			return err
		}
		if path == "/inovasi" {
			list = text
		}
	}
	own := innovationLink.FindAllStringSubmatch(list, -1)
	if len(own) == 0 {
		return nil
	}
	one, err := w.ask(http.MethodGet, own[turn%len(own)][1], "", nil)
	if err != nil {
		return err
	}
	for n, m := range indicatorLink.FindAllStringSubmatch(one, -1) {
		if n%4 != turn%4 {
			continue
		}
		if err := w.answer(m[1], turn); err != nil {
			return err
		}
	}
	return nil
}

// answer opens an indicator and its files, and saves an option.
func (w *worker) answer(path string, turn int) error {
	page, err := w.ask(http.MethodGet, path, "", nil)
	if err != nil {
		return err
	}
	for _, m := range documentLink.FindAllStringSubmatch(page, 2) {
		if _, err := w.ask(http.MethodGet, m[1], "", nil); err != nil {
			return err
		}
	}
	version := versionField.FindStringSubmatch(page)
	if version == nil || !strings.Contains(page, `name="pilihan" value="2"`) {
		return nil // read-only, or with alternatives
	}
	kind, form, err := filled(version[1], turn)
	if err != nil {
		return err
	}
	w.saved.Add(1)
	_, err = w.ask(http.MethodPost, path, kind, form)
	return err
}

// filled returns the form of an indicator; every tenth has a file.
func filled(version string, turn int) (kind string, body io.Reader, err error) {
	fields := map[string]string{"versi": version, "pilihan": fmt.Sprint(1 + turn%3), creating.Field: id.New()}
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	if turn%10 == 0 {
		fields["tentang"], fields["nomor"], fields["tanggal"] = "Bukti", "1/2026", "2026-02-03"
	}
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			return "", nil, err
		}
	}
	if turn%10 == 0 {
		content, err := samplefile.PDF("CONTOH", fmt.Sprint("Bukti ", turn), []string{"Isi"})
		if err != nil {
			return "", nil, err
		}
		part, err := form.CreateFormFile("berkas", "bukti.pdf")
		if err != nil {
			return "", nil, err
		}
		if _, err := part.Write(content); err != nil {
			return "", nil, err
		}
	}
	return form.FormDataContentType(), &buf, form.Close()
}

// ask sends a request and reads the whole answer. A conflict or a refused kind
// of file is normal.
func (w *worker) ask(method, path, kind string, body io.Reader) (string, error) {
	r, err := http.NewRequestWithContext(w.b.Context(), method, w.url+path, body)
	if err != nil {
		return "", err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	answer, err := w.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	refused := method == http.MethodPost && (answer.StatusCode == http.StatusConflict || answer.StatusCode == http.StatusUnprocessableEntity)
	if answer.StatusCode != http.StatusOK && !refused {
		return "", fmt.Errorf("%s %s: %s", method, path, answer.Status)
	}
	if refused {
		w.saved.Add(-1)
	}
	return string(text), err
}
