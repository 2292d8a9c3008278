package bench

import (
	"bufio"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"siida.id/internal/demo"
)

func execute(b *testing.B, program string, args ...string) {
	b.Helper()
	if out, err := exec.CommandContext(b.Context(), program, args...).CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s\n`make bench` builds what it needs", program, err, out)
	}
}

// server is a process that serves url.
type server struct {
	*exec.Cmd
	url string
}

func serve(b *testing.B, data string) *server {
	b.Helper()
	return start(b, binary, "serve", "--listen", "127.0.0.1:0", "--data", data)
}

var address = regexp.MustCompile(`url=(http://\S+)`)

// start returns once the process has answered.
func start(b *testing.B, program string, args ...string) *server {
	b.Helper()
	s := &server{Cmd: exec.Command(program, args...)}
	stderr, err := s.StderrPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Start(); err != nil {
		b.Fatalf("%v; `make bench` builds what it needs", err)
	}
	lines := bufio.NewScanner(stderr)
	for s.url == "" && lines.Scan() {
		if m := address.FindStringSubmatch(lines.Text()); m != nil {
			s.url = m[1]
		}
	}
	if s.url == "" {
		b.Fatalf("%s ended before it listened: %v", program, s.Wait())
	}
	go func() { _, _ = io.Copy(io.Discard, stderr) }()
	answer, err := http.Get(s.url + "/siap")
	if err != nil {
		b.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		b.Fatal(err)
	}
	return s
}

func (s *server) stop(b *testing.B) {
	b.Helper()
	http.DefaultClient.CloseIdleConnections()
	if err := s.Process.Signal(os.Interrupt); err != nil {
		b.Fatal(err)
	}
	_ = s.Wait() // the smallest server is ended by the signal
}

var resident = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

// resident returns the resident memory of the process in MB.
func (s *server) resident(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.Process.Pid), "status"))
	m := resident.FindSubmatch(status)
	if m == nil {
		b.Fatalf("memory of process %d: %v", s.Process.Pid, err)
	}
	kib, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return kib * 1024 / 1e6
}

// visitor is an HTTP client with cookies.
type visitor struct {
	http.Client
	b   *testing.B
	url string
}

// signIn signs in as the demo's administrator, who sees the longest pages.
func signIn(b *testing.B, at string) *visitor {
	b.Helper()
	logins, err := demo.Logins()
	if err != nil {
		b.Fatal(err)
	}
	return signInAs(b, at, logins[0])
}

func signInAs(b *testing.B, at string, as demo.Login) *visitor {
	b.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	v := &visitor{Client: http.Client{Jar: jar}, b: b, url: at}
	answer, err := v.PostForm(at+"/masuk", url.Values{"nama": {as.Login}, "sandi": {as.Password}})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK || strings.HasSuffix(answer.Request.URL.Path, "/masuk") {
		b.Fatalf("signing in: %s at %s", answer.Status, answer.Request.URL)
	}
	return v
}

func (v *visitor) get(path string, want int) string {
	v.b.Helper()
	answer, err := v.Get(v.url + path)
	if err != nil {
		v.b.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != want {
		v.b.Fatalf("%s: %s, %v", path, answer.Status, err)
	}
	return string(text)
}

type page struct{ name, path string }

// complete is the demo's innovation that has all twenty answers.
var complete = regexp.MustCompile(`href="(/inovasi/[0-9a-f-]{36})"[^>]*>BU KADIS`)

// paths returns the most used pages, of an innovation with twenty answers.
func (v *visitor) paths() []page {
	v.b.Helper()
	found := complete.FindStringSubmatch(v.get("/inovasi", http.StatusOK))
	if found == nil {
		v.b.Fatal("the demo lists no complete innovation")
	}
	return []page{
		{"home", "/"}, {"list", "/inovasi"}, {"innovation", found[1]}, {"indicator", found[1] + "/2027/SID-16"}, {"index", "/indeks"},
	}
}

// pages requests n of them.
func (v *visitor) pages(n int) {
	v.b.Helper()
	paths := v.paths()
	for i := range n {
		v.get(paths[i%len(paths)].path, http.StatusOK)
	}
}
