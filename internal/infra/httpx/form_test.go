package httpx_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
)

const (
	formType      = "application/x-www-form-urlencoded"
	multipartType = "multipart/form-data; boundary=x"
	maxFile       = 3 << 20
)

// lines returns the text of a multipart body with its line ends.
func lines(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

func textPart(name, text string) string {
	return lines("--x\nContent-Disposition: form-data; name=\""+name+"\"\n\n") + text + "\r\n"
}

func filePart(field, name, bytes string) string {
	return lines("--x\nContent-Disposition: form-data; name=\""+field+"\"; filename=\""+name+"\"\n\n") + bytes + "\r\n"
}

const last = "--x--\r\n"

// echo answers with all that it received: names and values in order of names, then
// the file, then the fault of the file.
func echo(w http.ResponseWriter, r *http.Request) error {
	var files []string
	form, refused, err := httpx.ReadUpload(r, "f", func(name string, bytes io.Reader) error {
		text, err := io.ReadAll(bytes)
		files = append(files, name+"="+string(text))
		return err
	})
	if err != nil {
		return err
	}
	var told []string
	for _, name := range slices.Sorted(maps.Keys(form)) {
		told = append(told, name+"="+strings.Join(form[name], ","))
	}
	told = append(told, files...)
	for _, f := range fault.FieldsOf(refused) {
		told = append(told, string(f.Name)+": "+f.Key)
	}
	_, err = io.WriteString(w, strings.Join(told, "|"))
	return err
}

func refuse(w http.ResponseWriter, _ *http.Request, status int, err error) {
	http.Error(w, fault.KeyOf(err), status)
}

func wrapped(h httpx.Handler, takes httpx.Body) http.Handler {
	return httpx.Wrap(refuse, h, takes)
}

// sent returns a request of a signed-in person.
func sent(t *testing.T, method, path, kind string, body io.Reader) *http.Request {
	t.Helper()
	ctx := actor.With(t.Context(), actor.Actor{ID: "siapa", Region: "18.01"})
	r := httptest.NewRequestWithContext(ctx, method, "/", body)
	at, err := url.Parse(path)
	if err != nil {
		t.Fatal(err)
	}
	r.URL = at
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return r
}

// No request makes a handler fail, or reaches it without limits or as text that a
// database would refuse.
func TestForms(t *testing.T) {
	tooMany := strings.Repeat("a=b&", 10_000)
	for _, tt := range []struct {
		name, method, kind, path, body string
		status                         int
		want                           string
	}{
		{"a form", "POST", formType, "/", "a=b&a=c&d=", 200, "a=b,c|d="},
		{"a form with its charset", "POST", formType + "; charset=UTF-8", "/", "a=b", 200, "a=b"},
		{"nothing at all", "POST", "", "/", "", 200, ""},
		{"no Unicode and a NUL in a value", "POST", formType, "/", "a=%ff%00b", 200, "a=\ufffdb"},
		{"no Unicode and a NUL in a name", "POST", formType, "/", "a%ff%00=b", 200, "a\ufffd=b"},
		{"half an escape", "POST", formType, "/", "a=%f", 422, "fault.form_broken"},
		{"too much", "POST", formType, "/", "a=" + strings.Repeat("x", 1<<20), 413, "fault.form_large"},
		{"as many fields as there may be", "POST", formType, "/", tooMany[:len(tooMany)-1], 200, "a=" + strings.Repeat("b,", 9_999) + "b"},
		{"too many fields", "POST", formType, "/", tooMany, 413, "fault.form_large"},
		{"a name that is too long", "POST", formType, "/", strings.Repeat("a", 201) + "=b", 413, "fault.form_large"},
		{"something else", "POST", "text/plain", "/", "a=b", 415, "fault.form_type"},
		{"something else, and empty", "POST", "application/json", "/", "", 415, "fault.form_type"},
		{"of no type", "POST", "", "/", "a=b", 415, "fault.form_type"},
		{"a body where there is none", "GET", formType, "/", "a=b", 415, "fault.form_type"},
		{"a body to be deleted with", "DELETE", multipartType, "/", "a=b", 415, "fault.form_type"},

		{"an address with a NUL", "GET", "", "/?x=%00", "", 404, "fault.not_found"},
		{"an address that is no Unicode", "GET", "", "/%ff", "", 404, "fault.not_found"},
		{"half an escape in the address", "GET", "", "/?x=%f", "", 404, "fault.not_found"},
		{"an address that is too long", "GET", "", "/?x=" + strings.Repeat("x", 16<<10), "", 413, "fault.form_large"},

		{"a form with a file", "POST", multipartType, "/", textPart("a", "b") + filePart("f", "n.pdf", "bytes") + textPart("c", "d") + last, 200, "a=b|c=d|n.pdf=bytes"},
		{"a form in which no file was chosen", "POST", multipartType, "/", textPart("a", "b") + filePart("f", "", "") + last, 200, "a=b|f="},
		{"no Unicode in all of it, and NULs in a text", "POST", multipartType, "/", textPart("a\xff", "b\xff\x00c") + filePart("f", "n\xff.pdf", "\x00\xff") + last, 200, "a\ufffd=b\ufffdc|n\ufffd.pdf=\x00\xff"},
		{"a NUL in a name of a part", "POST", multipartType, "/", textPart("a\x00", "b") + last, 422, "fault.form_broken"},
		{"a NUL in a name of a part, escaped", "POST", multipartType, "/", lines("--x\nContent-Disposition: form-data; name*=utf-8''a%00%ff\n\nb\n") + last, 200, "a\ufffd=b"},
		{"a NUL in a file's name, escaped", "POST", multipartType, "/", lines("--x\nContent-Disposition: form-data; name=f; filename*=utf-8''n%00%ff.pdf\n\nb\n") + last, 200, "n\ufffd.pdf=b"},
		{"a file's name as browsers write it", "POST", multipartType, "/", textPart("a%22b", "c") + filePart("f", "SK %22final%22 100%%0D%0Ax.pdf", "d") + last, 200, "a\"b=c|SK \"final\" 100% x.pdf=d"},
		{"signs that nobody sees", "POST", formType, "/", "a=e%CC%81%E2%80%8B%C2%AD&b=x%0D%0Ay&sandi=e%CC%81%C2%AD", 200, "a=\u00e9|b=x\ny|sandi=e\u0301\u00ad"},
		{"signs that nobody sees, with a file", "POST", multipartType, "/", textPart("a", "e\u0301\u200b\r\nb") + filePart("f", "e\u0301\u202efdp.pdf", "d") + last, 200, "a=\u00e9\nb|\u00e9fdp.pdf=d"},
		{"a second file", "POST", multipartType, "/", filePart("f", "n.pdf", "bytes") + filePart("f", "m.pdf", "more") + textPart("a", "b") + last, 200, "a=b|n.pdf=bytes|file: fault.one_file"},
		{"a second file elsewhere", "POST", multipartType, "/", filePart("f", "n.pdf", "bytes") + filePart("g", "m.pdf", "more") + last, 422, "fault.file_elsewhere"},
		{"a file in a field that takes none", "POST", multipartType, "/", textPart("a", "b") + filePart("g", "m.pdf", "more") + filePart("f", "n.pdf", "bytes") + last, 422, "fault.file_elsewhere"},
		{"one that breaks off in a text", "POST", multipartType, "/", lines("--x\nContent-Disposition: form-data; name=a\n\nb"), 422, "fault.form_broken"},
		{"one that breaks off in a file", "POST", multipartType, "/", lines("--x\nContent-Disposition: form-data; name=f; filename=n\n\nb"), 422, "fault.form_broken"},
		{"one without a boundary", "POST", "multipart/form-data", "/", "x", 422, "fault.form_broken"},
		{"one whose boundary is too long", "POST", "multipart/form-data; boundary=" + strings.Repeat("x", 71), "/", "x", 422, "fault.form_broken"},
		{"a text that is too long in it", "POST", multipartType, "/", textPart("a", strings.Repeat("x", 65<<10)) + last, 413, "fault.form_large"},
		{"texts that are too long together", "POST", multipartType, "/", strings.Repeat(textPart("a", strings.Repeat("x", 60<<10)), 18) + last, 413, "fault.form_large"},
		{"as many parts as there may be", "POST", multipartType, "/", strings.Repeat(textPart("a", "b"), 200) + last, 200, "a=" + strings.Repeat("b,", 199) + "b"},
		{"too many parts", "POST", multipartType, "/", strings.Repeat(textPart("a", "b"), 201) + last, 413, "fault.form_large"},
		{"a name of a part that is too long", "POST", multipartType, "/", textPart(strings.Repeat("a", 201), "b") + last, 413, "fault.form_large"},
		{"a file's name that is too long", "POST", multipartType, "/", filePart("f", strings.Repeat("n", 1025), "b") + last, 413, "fault.form_large"},
		{"a name of a part of a megabyte", "POST", multipartType, "/", textPart(strings.Repeat("a", 1<<20), "b") + last, 413, "fault.form_large"},
		{"headers of a part without end", "POST", multipartType, "/", lines("--x\n" + strings.Repeat("X-Y: z\n", 1<<17)), 413, "fault.form_large"},
		{"more than any form has", "POST", multipartType, "/", filePart("f", "n.pdf", strings.Repeat("x", maxFile+4<<20)) + last, 413, "fault.form_large"},
		{"a form without a file where there may be one", "POST", formType, "/", "a=%00b", 200, "a=b"},
		{"a form with a file where there is none", "POST", multipartType, "/plain", textPart("a", "b") + last, 415, "fault.form_type"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			takes := httpx.Body{MaxFile: maxFile}
			if tt.path == "/plain" {
				takes.MaxFile = 0
			}
			w := httptest.NewRecorder()
			wrapped(echo, takes).ServeHTTP(w, sent(t, tt.method, tt.path, tt.kind, strings.NewReader(tt.body)))
			if got := strings.TrimSpace(w.Body.String()); w.Code != tt.status || got != tt.want {
				t.Errorf("%d %.100q, want %d %.100q", w.Code, got, tt.status, tt.want)
			}
		})
	}
}

// The methods of net/http for forms find what was read, and parse nothing: they would
// write to the temporary folder and skip the checks.
func TestNetHTTPParsesNothing(t *testing.T) {
	ask := func(w http.ResponseWriter, r *http.Request) error {
		_, _, err := r.FormFile("f")
		_, _ = fmt.Fprint(w, r.FormValue("a"), " ", r.PostFormValue("a"), " ", r.FormValue("q"), " ", r.PostFormValue("q"), " ", r.Form["a"], " ", err)
		return errors.Join(r.ParseMultipartForm(1), r.ParseForm())
	}
	for _, tt := range []struct{ method, kind, body, want string }{
		{"GET", "", "", "c  d  [c] http: no such file"},
		{"POST", formType, "a=b", "b b d  [b c] http: no such file"},
		{"POST", multipartType, textPart("a", "b") + filePart("f", "n", "bytes") + last, "c  d  [c] http: no such file"},
	} {
		body := strings.NewReader(tt.body)
		w := httptest.NewRecorder()
		wrapped(ask, httpx.Body{MaxFile: maxFile}).ServeHTTP(w, sent(t, tt.method, "/?a=c&q=d", tt.kind, body))
		if w.Code != http.StatusOK || w.Body.String() != tt.want {
			t.Errorf("%s %s: %d %q, want %q", tt.method, tt.kind, w.Code, w.Body, tt.want)
		}
		if tt.kind == multipartType && body.Len() != len(tt.body) {
			t.Errorf("%d of %d bytes were read", len(tt.body)-body.Len(), len(tt.body))
		}
	}
}

// Little is read of a refused form: nothing if the route or the visitor is the
// reason, and no more than the limit if that is exceeded.
func TestRefusedFormsAreNotRead(t *testing.T) {
	file := lines("--x\nContent-Disposition: form-data; name=f; filename=n\n\n")
	for name, tt := range map[string]struct {
		kind, head string
		takes      httpx.Body
		visitor    bool
		length     int64 // Content-Length; -1 for none
		status     int
		max        int64 // bytes that are read
	}{
		"a file where none is taken":             {multipartType, file, httpx.Body{}, false, -1, 415, 0},
		"another type":                           {"application/json", "", httpx.Body{MaxFile: maxFile}, false, -1, 415, 0},
		"a visitor's file":                       {multipartType, file, httpx.Body{MaxFile: maxFile}, true, -1, 401, 0},
		"a visitor's file where visitors may":    {multipartType, file, httpx.Body{MaxFile: maxFile, Visitors: true}, true, -1, 413, maxFile + 4<<20},
		"a file without end":                     {multipartType, file, httpx.Body{MaxFile: maxFile}, false, -1, 413, maxFile + 4<<20},
		"a part's header without end":            {multipartType, lines("--x\nX-Y: "), httpx.Body{MaxFile: maxFile}, false, -1, 413, 16 << 10},
		"what comes before a part, without end":  {multipartType, "", httpx.Body{MaxFile: maxFile}, false, -1, 422, 16 << 10},
		"a text without end":                     {multipartType, lines("--x\nContent-Disposition: form-data; name=a\n\n"), httpx.Body{MaxFile: maxFile}, false, -1, 413, 128 << 10},
		"a form without end":                     {formType, "a=", httpx.Body{}, false, -1, 413, 1<<20 + 1},
		"a form that says how long it is":        {formType, "a=", httpx.Body{}, false, 1<<20 + 1, 413, 0},
		"a visitor's form, which a sign-in page": {formType, "a=", httpx.Body{}, true, -1, 413, 1<<20 + 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var read atomic.Int64
			body := io.TeeReader(io.MultiReader(strings.NewReader(tt.head), io.LimitReader(zeros{}, 1<<30)), counter{&read})
			r := sent(t, "POST", "/", tt.kind, body)
			if r.ContentLength = tt.length; tt.visitor {
				r = r.WithContext(t.Context())
			}
			w := httptest.NewRecorder()
			wrapped(echo, tt.takes).ServeHTTP(w, r)
			if w.Code != tt.status || read.Load() > tt.max {
				t.Errorf("%d, %d bytes read; want %d, at most %d", w.Code, read.Load(), tt.status, tt.max)
			}
		})
	}
}

// An error of receive after which the form cannot be shown again ends the reading,
// and so does one without a field.
func TestFileFaultsEndTheForm(t *testing.T) {
	for _, stop := range []error{errors.New("stop"), fault.New(fault.NotFound, "fault.not_found"), fault.New(fault.Invalid, "fault.invalid")} {
		body := strings.NewReader(filePart("f", "n", "bytes") + last)
		var form url.Values
		var refused, err error
		w := httptest.NewRecorder()
		wrapped(func(_ http.ResponseWriter, r *http.Request) error {
			form, refused, err = httpx.ReadUpload(r, "f", func(string, io.Reader) error { return stop })
			return nil
		}, httpx.Body{MaxFile: maxFile}).ServeHTTP(w, sent(t, "POST", "/", multipartType, body))
		if !errors.Is(err, stop) || form != nil || refused != nil {
			t.Errorf("ReadUpload = %v, %v, %v, want %v", form, refused, err, stop)
		}
	}
}

// Sent returns the form even if nobody has read it, and never a part of one that did
// not arrive.
func TestSent(t *testing.T) {
	form := "a=b&a=c&d=%00e"
	upload := textPart("a", "b") + filePart("f", "n", "bytes") + textPart("d", "e") + last
	reads := func(_ http.ResponseWriter, r *http.Request) error {
		_, refused, err := httpx.ReadUpload(r, "f", func(string, io.Reader) error { return fault.New(fault.Full, "fault.full") })
		return errors.Join(refused, err)
	}
	fails := func(http.ResponseWriter, *http.Request) error { return fault.New(fault.Busy, "fault.busy") }
	for name, tt := range map[string]struct {
		method, kind, body string
		h                  httpx.Handler // nil is refused before anything is read
		want               url.Values
		upload             bool
	}{
		"a form":                    {"POST", formType, form, fails, url.Values{"a": {"b", "c"}, "d": {"e"}}, false},
		"that nobody has read":      {"POST", formType, form, nil, url.Values{"a": {"b", "c"}, "d": {"e"}}, false},
		"a button":                  {"POST", formType, "", nil, url.Values{}, false},
		"too long":                  {"POST", formType, "a=" + strings.Repeat("b", 1<<20), nil, nil, false},
		"a page":                    {"GET", "", "", nil, nil, false},
		"an upload":                 {"POST", multipartType, upload, reads, url.Values{"a": {"b"}, "d": {"e"}}, true},
		"an upload not read":        {"POST", multipartType, upload, fails, nil, false},
		"an upload refused at once": {"POST", multipartType, upload, nil, nil, false},
		"of a type that is no form": {"POST", "application/json", "{}", nil, nil, false},
	} {
		pages := 0
		page := func(w http.ResponseWriter, r *http.Request, _ int, _ error) {
			pages++
			got, upload := httpx.Sent(w, r)
			if !maps.EqualFunc(got, tt.want, slices.Equal) || (got == nil) != (tt.want == nil) || upload != tt.upload {
				t.Errorf("%s: %v, %v; want %v, %v", name, got, upload, tt.want, tt.upload)
			}
		}
		w, r := httptest.NewRecorder(), sent(t, tt.method, "/", tt.kind, strings.NewReader(tt.body))
		if tt.h == nil {
			httpx.Refuse(page, w, r, fault.New(fault.Busy, "fault.busy"))
		} else {
			httpx.Wrap(page, tt.h, httpx.Body{MaxFile: maxFile}).ServeHTTP(w, r)
		}
		if pages != 1 {
			t.Errorf("%s: %d error pages", name, pages)
		}
	}
}

// A file that must be sent again later is read to its end, so that the form has the
// fields after it and the browser timeouts for the answer.
func TestTemporaryFaultReadsToTheEnd(t *testing.T) {
	body := io.MultiReader(strings.NewReader(strings.TrimSuffix(filePart("f", "n", ""), "\r\n")),
		io.LimitReader(zeros{}, maxFile), strings.NewReader("\r\n"+textPart("after", "b")+last))
	wrapped(func(_ http.ResponseWriter, r *http.Request) error {
		form, refused, err := httpx.ReadUpload(r, "f", func(string, io.Reader) error { return fault.New(fault.Full, "fault.full") })
		if err != nil || fault.KindOf(refused) != fault.Full || form.Get("after") != "b" {
			t.Errorf("%v, %v, %v", form, refused, err)
		}
		return nil
	}, httpx.Body{MaxFile: maxFile}).ServeHTTP(httptest.NewRecorder(), sent(t, "POST", "/", multipartType, body))
}

// The fault of a file is returned with the form: the fields after the file are read,
// and a second file adds its mistake.
func TestRefusedFilesKeepTheForm(t *testing.T) {
	var check fault.Check
	check.That(false, fault.File, "question.file_type")
	for _, tt := range []struct {
		refused error
		fields  int
	}{{check.Err(), 2}, {&fault.Error{Kind: fault.OverQuota, Key: "file.quota", Fields: []fault.Field{{Name: fault.File, Key: "file.quota"}}}, 2}, {fault.New(fault.Conflict, "fault.busy"), 0}, {fault.New(fault.Full, "fault.full"), 0}} {
		body := strings.NewReader(filePart("f", "n", "bytes") + filePart("f", "m", "more") + textPart("a", "b") + last)
		wrapped(func(_ http.ResponseWriter, r *http.Request) error {
			form, refused, err := httpx.ReadUpload(r, "f", func(string, io.Reader) error { return tt.refused })
			if err != nil || form.Get("a") != "b" || fault.KindOf(refused) != fault.KindOf(tt.refused) || len(fault.FieldsOf(refused)) != tt.fields {
				t.Errorf("%v: ReadUpload = %v, %v, %v", tt.refused, form, refused, err)
			}
			return nil
		}, httpx.Body{MaxFile: maxFile}).ServeHTTP(httptest.NewRecorder(), sent(t, "POST", "/", multipartType, body))
	}
}

// An unwanted file is not read to its end, and the fields before it are in the form.
func TestUnwantedFilesAreNotReadToTheEnd(t *testing.T) {
	t.Parallel()
	quota := &fault.Error{Kind: fault.OverQuota, Key: "file.quota", Fields: []fault.Field{{Name: fault.File, Key: "file.quota"}}}
	for _, tt := range []struct {
		size    int64
		after   string
		refused error
	}{{1 << 20, "b", nil}, {1 << 30, "", nil}, {1 << 20, "b", quota}, {1 << 30, "", quota}} {
		var read atomic.Int64
		body := io.MultiReader(strings.NewReader(textPart("before", "a")+strings.TrimSuffix(filePart("f", "n", ""), "\r\n")),
			io.TeeReader(io.LimitReader(zeros{}, tt.size), counter{&read}), strings.NewReader("\r\n"+textPart("after", "b")+last))
		wrapped(func(_ http.ResponseWriter, r *http.Request) error {
			form, refused, err := httpx.ReadUpload(r, "f", func(string, io.Reader) error { return tt.refused })
			if err != nil || !errors.Is(refused, tt.refused) || form.Get("before") != "a" || form.Get("after") != tt.after {
				t.Errorf("%d bytes: %v, %v, %v", tt.size, form, refused, err)
			}
			return nil
		}, httpx.Body{MaxFile: maxFile}).ServeHTTP(httptest.NewRecorder(), sent(t, "POST", "/", multipartType, body))
		if read.Load() > 3<<20 {
			t.Errorf("%d bytes were read of a file that nobody wants", read.Load())
		}
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return copy(b, bytes.Repeat([]byte{'0'}, len(b))), nil }

type counter struct{ n *atomic.Int64 }

func (c counter) Write(b []byte) (int, error) { c.n.Add(int64(len(b))); return len(b), nil }

func TestLocal(t *testing.T) {
	for to, want := range map[string]string{
		"/indeks?x=1": "/indeks?x=1", "": "/", "//jahat.example": "/", "/\\jahat.example": "/", "https://jahat.example": "/",
		"/\tjahat": "/", "javascript:alert(1)": "/", "/inovasi/": "/inovasi/",
	} {
		if got := httpx.Local(to); got != want {
			t.Errorf("Local(%q) = %q, want %q", to, got, want)
		}
	}
}

// Chromium and others write a quotation mark in the name of a file as %22 (B12).
func TestCaseB12FileNamesAsBrowsersWriteThem(t *testing.T) {
	for sent, want := range map[string]string{
		"SK %22final%22.pdf": `SK "final".pdf`, "100%.pdf": "100%.pdf", "a%0D%0Ab.pdf": "a b.pdf", "a%20b.pdf": "a%20b.pdf", "e\u0301%22\u200b.pdf": "é\".pdf",
	} {
		w := httptest.NewRecorder()
		body := strings.NewReader(filePart("f", sent, "isi") + last)
		wrapped(echo, httpx.Body{MaxFile: maxFile}).ServeHTTP(w, sentForm(t, body))
		if got := strings.TrimSpace(w.Body.String()); w.Code != http.StatusOK || got != want+"=isi" {
			t.Errorf("%q: %d %q, want %q", sent, w.Code, got, want)
		}
	}
}

func sentForm(t *testing.T, body io.Reader) *http.Request {
	t.Helper()
	return sent(t, http.MethodPost, "/", multipartType, body)
}
