package world

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"

	"siida.id/internal/app"
)

// Pages returns a program's handler with every answer checked.
func Pages(tb testing.TB, p *app.Program) http.Handler {
	tb.Helper()
	s, err := p.Site(true)
	Must(tb, err)
	return Checked(tb, s.Handler())
}

// Checked wraps a handler and checks every answer. A form gets the id that its page would
// have (WithIDs).
func Checked(tb testing.TB, handler http.Handler) http.Handler { return checked{tb, handler} }

// checked checks what every answer must have: the headers, a request id, no
// server error, and no untranslated text.
type checked struct {
	t    testing.TB
	next http.Handler
}

func (c checked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	seen := httptest.NewRecorder()
	WithIDs(c.next).ServeHTTP(seen, r)
	name := r.Method + " " + r.URL.Path
	h := seen.Header()
	if seen.Code >= http.StatusInternalServerError {
		c.t.Errorf("%s: status %d", name, seen.Code)
	}
	for header, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "", "X-Request-Id": "",
		"Permissions-Policy": "geolocation=(self)", "X-Robots-Tag": "noindex",
	} {
		if got := h.Get(header); got == "" || !strings.Contains(got, want) {
			c.t.Errorf("%s: header %s is %q, want %q in it", name, header, got, want)
		}
	}
	if strings.Contains(h.Get("Content-Security-Policy"), "unsafe") {
		c.t.Errorf("%s: the policy lets something unsafe through", name)
	}
	if kind := h.Get("Content-Type"); strings.HasPrefix(kind, "text/html") && !strings.Contains(h.Get("Cache-Control"), "private") {
		c.t.Errorf("%s: a page may be kept by others: Cache-Control %q", name, h.Get("Cache-Control"))
	}
	for _, cookie := range seen.Result().Cookies() {
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
			c.t.Errorf("%s: cookie %s is not kept close: %+v", name, cookie.Name, cookie)
		}
	}
	c.untranslated(name, seen)
	maps.Copy(w.Header(), h)
	w.WriteHeader(seen.Code)
	_, _ = w.Write(seen.Body.Bytes())
}

func (c checked) untranslated(name string, seen *httptest.ResponseRecorder) {
	if !strings.HasPrefix(seen.Header().Get("Content-Type"), "text/html") || seen.Header().Get("Content-Encoding") != "" {
		return
	}
	for _, gap := range []string{"<no value>", ">fault.", ">ui.", ">account.", ">auth.", ">agency.", ">period.", ">innovation.", ">evidence.", ">index.", ">scoring.", "%!"} {
		if strings.Contains(seen.Body.String(), gap) {
			c.t.Errorf("%s: an untranslated or empty text: %q", name, gap)
		}
	}
}

// AnswerTo returns the answer to a request, with a session unless token is
// empty; form is the body of a POST.
func AnswerTo(tb testing.TB, h http.Handler, token, method, path, form string) *httptest.ResponseRecorder {
	tb.Helper()
	r := httptest.NewRequestWithContext(tb.Context(), method, path, strings.NewReader(form))
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Command runs a command line of the program.
func Command(tb testing.TB, stdin string, args ...string) (code int, stdout, stderr string) {
	tb.Helper()
	var out, err strings.Builder
	code = app.Run(tb.Context(), args, app.Streams{In: strings.NewReader(stdin), Out: &out, Err: &err})
	return code, out.String(), err.String()
}

// Must fails the test at once if err is not nil.
func Must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// FileField returns the name of the file field in the form of an address.
func FileField(address string) string {
	before, last := path.Split(address)
	switch {
	case last == "pindaian":
		return "sk"
	case strings.HasSuffix(before, "/berkas/"):
		return last
	}
	return "berkas"
}
