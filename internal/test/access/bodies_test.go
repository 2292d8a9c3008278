package access

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/test/world"
)

// parcel is a form with one file of size bytes and the boundary "x"; it counts
// the bytes that are read.
func parcel(size int64, read *atomic.Int64) io.Reader {
	head := "--x\r\nContent-Disposition: form-data; name=extra; filename=n.pdf\r\n\r\n%PDF-1.7 "
	return io.TeeReader(io.MultiReader(strings.NewReader(head), io.LimitReader(endless{}, size), strings.NewReader("\r\n--x--\r\n")), count{read})
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return copy(b, bytes.Repeat([]byte{'0'}, len(b))), nil }

type count struct{ n *atomic.Int64 }

func (c count) Write(b []byte) (int, error) { c.n.Add(int64(len(b))); return len(b), nil }

// An unexpected body leaves nothing on the disk, and little of it is read:
// nothing of a visitor's file, and nothing of any file on a route without
// uploads.
func TestCaseS1StrangersBodiesAreNotRead(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	own := w.IDs["own"]
	for _, tt := range []struct {
		persona, method, path string
		status                int
		want                  string // in Location or on the page
	}{
		{"visitor", "POST", "/masuk", 415, "bentuk ini tidak diterima"},
		{"visitor", "POST", "/bahasa", 415, "bentuk ini tidak diterima"},
		{"visitor", "POST", "/inovasi/" + own.Innovation + "/2026/SID-16", 401, "/masuk?"},
		{"visitor", "POST", "/laporan/kop", 401, "/masuk?"},
		{"visitor", "POST", "/tidak-ada", 404, "tidak ditemukan"},
		{"visitor", "GET", "/masuk", 415, "bentuk ini tidak diterima"},
		{"operator", "POST", "/inovasi/" + own.Innovation + "/tarik", 415, "bentuk ini tidak diterima"},
		{"operator", "DELETE", "/masuk", 405, "tidak dapat dipakai dengan cara itu"},
	} {
		var read atomic.Int64
		r := httptest.NewRequestWithContext(t.Context(), tt.method, tt.path, parcel(150<<20, &read))
		r.Host = world.HomeHost
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		r.Header.Set("Accept-Language", "id")
		if token := w.People[tt.persona]; token != "" {
			r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
		}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		got := answer.Header().Get("Location") + answer.Body.String()
		if answer.Code != tt.status || !strings.Contains(got, tt.want) || read.Load() > 0 {
			t.Errorf("%s %s as %s: %d, %d bytes read: %s", tt.method, tt.path, tt.persona, answer.Code, read.Load(), got)
		}
	}
	// Over a network the sender's system buffers a few megabytes before it
	// notices.
	server := httptest.NewServer(handler)
	defer server.Close()
	var read atomic.Int64
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/masuk", parcel(150<<20, &read))
	world.Must(t, err)
	r.Host = world.HomeHost
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	if answer, err := server.Client().Do(r); err == nil { // or the connection is cut while it sends
		world.Must(t, answer.Body.Close())
		if answer.StatusCode != http.StatusUnsupportedMediaType {
			t.Errorf("over a line: %d", answer.StatusCode)
		}
	}
	if read.Load() > 32<<20 {
		t.Errorf("over a line %d bytes were sent", read.Load())
	}
	left, err := os.ReadDir(temp)
	world.Must(t, err)
	for _, f := range left {
		t.Errorf("%s stays in the temporary folder", f.Name())
	}
}

// deadlines records the read deadlines that the server sets.
type deadlines struct {
	*httptest.ResponseRecorder
	set []time.Time
}

func (d *deadlines) SetReadDeadline(at time.Time) error {
	d.set = append(d.set, at)
	return nil
}

// Through any middleware, the server waits at most a minute for the next bytes
// of a form, and not at all once it is complete.
func TestBodiesHaveADeadline(t *testing.T) {
	w := world.New(t)
	site, err := w.Site(true)
	world.Must(t, err)
	handler := site.Handler()
	for path, kind := range map[string]string{
		"/masuk": "application/x-www-form-urlencoded",
		"/inovasi/" + w.IDs["own"].Innovation + "/2026/SID-16": "multipart/form-data; boundary=x",
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader("--x\r\nContent-Disposition: form-data; name=nama\r\n\r\nx\r\n--x--\r\n"))
		r.Host = world.HomeHost
		r.Header.Set("Content-Type", kind)
		if path != "/masuk" {
			r.AddCookie(&http.Cookie{Name: "sesi", Value: w.People["operator"]})
		}
		d := &deadlines{ResponseRecorder: httptest.NewRecorder()}
		before := time.Now()
		handler.ServeHTTP(d, r)
		latest := time.Now().Add(time.Minute)
		if len(d.set) < 2 || d.set[0].Before(before) || !d.set[len(d.set)-1].IsZero() {
			t.Errorf("%s: deadlines %v", path, d.set)
		}
		for _, at := range d.set {
			if at.After(latest) {
				t.Errorf("%s: a deadline at %v, want none after %v", path, at, latest)
			}
		}
	}
}

// Every form without an upload refuses a file unread, and every upload refuses a
// visitor's, unread too. Of two files in one form the second is refused with a
// message and not stored.
func TestCaseS18FilesOnlyWhereOneIsMeant(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	send := func(r route, persona string, body io.Reader) *httptest.ResponseRecorder {
		q := httptest.NewRequestWithContext(t.Context(), r.method, filledAt(t, w, "operator", "own", r.address), body)
		q.Host = world.HomeHost
		q.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		q.Header.Set("Accept-Language", "id")
		if token := w.People[persona]; token != "" {
			q.AddCookie(&http.Cookie{Name: "sesi", Value: token})
		}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, q)
		return answer
	}
	second := "%PDF-1.7 berkas kedua"
	sum := sha256.Sum256([]byte(second))
	uploads := 0
	for _, r := range registered(t) {
		var read atomic.Int64
		switch {
		case r.method != http.MethodPost:
		case !r.upload:
			if answer := send(r, "admin", parcel(1<<20, &read)); answer.Code != http.StatusUnsupportedMediaType || read.Load() > 0 {
				t.Errorf("%s, which takes no file: %d, %d bytes read", r.pattern, answer.Code, read.Load())
			}
		default:
			uploads++
			if answer := send(r, "visitor", parcel(1<<20, &read)); answer.Code != http.StatusUnauthorized || read.Load() > 0 {
				t.Errorf("%s by a visitor: %d, %d bytes read", r.pattern, answer.Code, read.Load())
			}
			who := slices.IndexFunc(world.Personas, func(p string) bool { return r.grants.allow(p, "own") })
			answer := send(r, world.Personas[who], strings.NewReader(twoFiles(t, world.FileField(r.address), second)))
			got := strings.Contains(answer.Body.String(), ">Pilih satu berkas saja. Belum ada berkas yang disimpan.<")
			if world.FileField(r.address) != "berkas" { // the first is stored by the time the second comes
				got = strings.Contains(answer.Body.String(), "Yang disimpan hanya pertama.pdf.")
			}
			if !got || strings.Contains(answer.Body.String(), "pertama.pdf sudah diterima") {
				t.Errorf("%s with two files by %s: %d %s", r.pattern, world.Personas[who], answer.Code, answer.Body)
			}
			if _, err := w.Folder.Open(t.Context(), w.Home.Code, hex.EncodeToString(sum[:])); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s keeps a second file: %v", r.pattern, err)
			}
		}
	}
	if uploads < 8 {
		t.Errorf("only %d forms take a file", uploads)
	}
}

func twoFiles(t *testing.T, field, second string) string {
	t.Helper()
	var text bytes.Buffer
	parts := multipart.NewWriter(&text)
	world.Must(t, parts.SetBoundary("x"))
	for _, file := range [][2]string{{"pertama.pdf", "%PDF-1.7 berkas pertama"}, {"kedua.pdf", second}} {
		part, err := parts.CreateFormFile(field, file[0])
		world.Must(t, err)
		_, err = io.WriteString(part, file[1])
		world.Must(t, err)
	}
	world.Must(t, parts.Close())
	return text.String()
}

// A raw NUL in a form part is as harmless as an escaped one: PostgreSQL cannot
// store it.
func TestCaseS1NULInAPart(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		var text bytes.Buffer
		parts := multipart.NewWriter(&text)
		world.Must(t, parts.WriteField("pilihan", "1"))
		world.Must(t, parts.WriteField("versi", "1"))
		world.Must(t, parts.WriteField("tentang", "Surat\x00 tugas\xff"))
		world.Must(t, parts.WriteField("nomor", "1\x00/2025"))
		world.Must(t, parts.WriteField("tanggal", "2025-01-02"))
		part, err := parts.CreateFormFile("berkas", "surat.pdf")
		world.Must(t, err)
		_, err = part.Write([]byte("%PDF-1.7 \x00\xff"))
		world.Must(t, err)
		world.Must(t, parts.Close())
		path := "/inovasi/" + w.IDs["own"].Innovation + "/2026/SID-16"
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, &text)
		r.Host = world.HomeHost
		r.Header.Set("Content-Type", parts.FormDataContentType())
		r.AddCookie(&http.Cookie{Name: "sesi", Value: w.People["operator"]})
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		if answer.Code != http.StatusSeeOther {
			t.Errorf("%d %s", answer.Code, answer.Body)
		}
		if shown := w.Ask(t, handler, "operator", http.MethodGet, path, "").Body.String(); !strings.Contains(shown, "Surat tugas\ufffd") {
			t.Errorf("the text is not kept: %s", shown)
		}
	})
}
