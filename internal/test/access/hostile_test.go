package access

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/test/world"

	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
)

// hostile lists hostile or broken field values.
var hostile = []string{
	"", " ", "\x00", "\xff\xfe", "\u202etxt.exe", "' or 1=1; --", "<script>alert(1)</script>", "{{.}}", "%s%n", "-1", "0", "1e999",
	"9223372036854775807", "9223372036854775808", "2147483648", "NaN", "a:1", "f:9", "2026", "0000-00-00", "99999-12-31", "2024-02-30", "../../etc/passwd",
	"iid-2026", "dinas", "Kesehatan", strings.Repeat("\U0001f9e8", 300), tooLong,
}

// tooLong exceeds the text limit of a form with a file.
var tooLong = strings.Repeat("x", 70_000)

var placeholder = regexp.MustCompile(`\{(\w+)\$?\}`)

// Any input to any route gets an answer that is not a server error: checked
// fails for one. PostgreSQL refuses more than SQLite does.
func TestNothingAPersonSendsFails(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		site, err := w.Site(true)
		world.Must(t, err)
		fields := formFields(t, w, handler)
		site.Routes(func(pattern string, _ httpx.Handler, _ may.Who, _ ...httpx.Option) {
			method, path, _ := strings.Cut(pattern, " ")
			for i, bad := range hostile {
				own := w.IDs["own"]
				ids := []string{bad, own.Innovation}
				switch {
				case strings.HasPrefix(path, "/permintaan-data"):
					ids = append(ids, w.RequestOf(t, "own"))
				case strings.HasPrefix(path, "/laporan/terbit"):
					ids = append(ids, w.IssuedOf(t, "own").ID)
				}
				for _, id := range ids {
					if len(id) > 2000 {
						continue // no server accepts such an address
					}
					form := url.Values{}
					for j, name := range fields {
						form.Set(name, hostile[(i+j)%len(hostile)])
					}
					address := placeholder.ReplaceAllString(path, url.PathEscape(id))
					b := body{"application/x-www-form-urlencoded", form.Encode()}
					if method == http.MethodGet {
						b = body{}
					}
					r := httptest.NewRequestWithContext(t.Context(), method, "/", strings.NewReader(b.text))
					r.URL = &url.URL{Path: unescaped(address), RawPath: address, RawQuery: "periode=" + url.QueryEscape(bad) + "&hal=" + url.QueryEscape(bad)}
					r.Host = world.HomeHost
					r.Header.Set("Content-Type", b.kind)
					r.Header.Set("User-Agent", bad)
					if path != "/keluar" {
						r.AddCookie(&http.Cookie{Name: "sesi", Value: w.People["admin"]})
					}
					handler.ServeHTTP(httptest.NewRecorder(), r)
				}
			}
		})
	})
}

// Any text or file name sent with a file is read to its end and answered by the
// page of the form, unless it is too long.
func TestNothingSentWithAFileFails(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		fields, uploads := formFields(t, w, handler), 0
		for _, route := range registered(t) {
			if !route.upload {
				continue
			}
			uploads++
			path := filledAt(t, w, "admin", "own", route.address)
			for i, bad := range hostile {
				form := url.Values{}
				for j, name := range fields {
					if value := hostile[(i+j)%len(hostile)]; value != tooLong {
						form.Set(name, value)
					}
				}
				want := []int{http.StatusOK, http.StatusSeeOther, http.StatusConflict, http.StatusUnprocessableEntity}
				if bad == tooLong {
					form, want = url.Values{fields[0]: {bad}}, []int{http.StatusRequestEntityTooLarge}
				}
				b := inParts(t, form, world.FileField(route.address), strings.ToValidUTF8(bad[:min(len(bad), 1000)], ""))
				r := httptest.NewRequestWithContext(t.Context(), route.method, path, strings.NewReader(b.text))
				r.Host = world.HomeHost
				r.Header.Set("Accept-Language", "id")
				r.Header.Set("Content-Type", b.kind)
				r.AddCookie(&http.Cookie{Name: "sesi", Value: w.People["admin"]})
				answer := httptest.NewRecorder()
				handler.ServeHTTP(answer, r)
				if !slices.Contains(want, answer.Code) || strings.Contains(answer.Body.String(), "terputus di tengah jalan") {
					t.Errorf("%s with value %d: %d, want one of %v", route.pattern, i, answer.Code, want)
				}
			}
		}
		if uploads < 8 {
			t.Errorf("only %d routes take a file", uploads)
		}
	})
}

// body is a request body and its declared type.
type body struct{ kind, text string }

// inParts returns a multipart form with a file called name in field; form and
// name may contain anything.
func inParts(t *testing.T, form url.Values, field, name string) body {
	t.Helper()
	var text bytes.Buffer
	parts := multipart.NewWriter(&text)
	for field, values := range form {
		world.Must(t, parts.WriteField(field, values[0]))
	}
	head := textproto.MIMEHeader{"Content-Disposition": {"form-data; name=" + field + "; filename*=utf-8''" + url.PathEscape("x"+name)}}
	part, err := parts.CreatePart(head)
	world.Must(t, err)
	_, err = io.WriteString(part, "%PDF-1.7 "+name)
	world.Must(t, err)
	world.Must(t, parts.Close())
	return body{parts.FormDataContentType(), text.String()}
}

func unescaped(path string) string {
	plain, err := url.PathUnescape(path)
	if err != nil {
		return path
	}
	return plain
}

var named = regexp.MustCompile(`name="(\w+)"`)

// formFields collects the names of all fields that the pages of the world show.
func formFields(t *testing.T, w *world.Regions, handler http.Handler) (names []string) {
	t.Helper()
	own, seen := w.IDs["own"].Innovation, map[string]bool{}
	for _, path := range []string{
		"/masuk", "/periode", "/perangkat-daerah/baru", "/inovasi/baru", "/inovasi/" + own + "/ubah", "/inovasi/" + own + "/2026/SID-16", "/daerah/2026/SPD-04",
		"/permintaan-data/baru", "/permintaan-data/" + w.RequestOf(t, "own"), "/laporan/kop", "/laporan/terbit/" + w.IssuedOf(t, "own").ID,
	} {
		for _, persona := range []string{"admin", "visitor"} {
			body := w.Ask(t, handler, persona, http.MethodGet, path, "").Body.String()
			for _, m := range named.FindAllStringSubmatch(body, -1) {
				if !seen[m[1]] {
					seen[m[1]] = true
					names = append(names, m[1])
				}
			}
		}
	}
	if len(names) < 12 {
		t.Fatalf("found only the fields %v", names)
	}
	return names
}
