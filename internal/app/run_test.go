package app_test

import (
	"context"
	"database/sql"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"siida.id/internal/app"
	"siida.id/internal/base/testclock"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/test/world"

	"siida.id/internal/region"
)

func TestCommands(t *testing.T) {
	data := t.TempDir()
	pack := filepath.Join(t.TempDir(), "pack.json")
	world.Must(t, os.WriteFile(pack, []byte("{}"), 0o600))
	for _, tt := range []struct {
		name   string
		stdin  string
		args   []string
		code   int
		stdout string
		stderr string
	}{
		{"help", "", []string{"--help"}, 0, "serve", ""},
		{"an unknown command", "", []string{"menari"}, 2, "", "siida: "},
		{"a score from standard input", `{"instrument":"iid-2026"}`, []string{"score"}, 0, `"predicate": "Tidak Dapat Dinilai"`, ""},
		{"with a dash", `{"instrument":"iid-2026"}`, []string{"score", "-", "--lang", "en"}, 0, `"index": "0.00"`, ""},
		{"rows too", `{"instrument":"iid-2026","spd":{"SPD-01":3}}`, []string{"score", "--rows"}, 0, `"figure": "spd.SPD-01"`, ""},
		{"a document that is refused", `{"instrument":"iid-2026","spd":{"SPD-01":4}}`, []string{"score", "--lang", "en"}, 2, "", "spd.SPD-01: "},
		{"a file that is not there", "", []string{"score", "/tidak/ada"}, 2, "", "$: "},
		{"a document that is too large", strings.Repeat(" ", 1<<20) + "x", []string{"score", "--max", "1"}, 2, "", "lebih dari 1\u00a0MB"},
		{"packs compared", "", []string{"instrument", "diff", "iid-2023", "iid-2026"}, 0, "divisor_minimum: 10 → 12", ""},
		{"a pack that is none", "", []string{"instrument", "check", pack}, 1, "", ""},
		{"a region", "", []string{"region", "add", "--data", data, "18.01", "Kabupaten Lampung Selatan"}, 0, "added", ""},
		{"the same again", "", []string{"region", "add", "--data", data, "18.01", "Kabupaten Lampung Selatan"}, 2, "", "code: "},
		{"with two mistakes", "", []string{"region", "add", "--data", data, "x", " ", "--url", "a b", "--zone", "x"}, 2, "", "url: "},
		{"the list of regions", "", []string{"region", "list", "--data", data}, 0, "18.01\tKabupaten Lampung Selatan\t-\tAsia/Jakarta\tnone\t0MB\n", ""},
		{"its address", "", []string{"region", "set", "--data", data, "18.01", "--url", "https://selatan.example.id/"}, 0, "https://selatan.example.id\tAsia/Jakarta\tnone\t0MB\n", ""},
		{"its zone", "", []string{"region", "set", "--data", data, "18.01", "--zone", "wita"}, 0, "https://selatan.example.id\tAsia/Makassar\tnone\t0MB\n", ""},
		{"its quota", "", []string{"region", "set", "--data", data, "18.01", "--quota", "50 gb"}, 0, "\tAsia/Makassar\t50GB\t0MB\n", ""},
		{"a quota that is none", "", []string{"region", "set", "--data", data, "18.01", "--quota", "50"}, 2, "", "quota: Write a quota such as"},
		{"its motif", "", []string{"region", "set", "--data", data, "18.01", "--motif", "none"}, 0, "\tAsia/Makassar\t50GB\t0MB\n", ""},
		{"a motif that is none", "", []string{"region", "set", "--data", data, "18.01", "--motif", "batik"}, 2, "", "motif: Write tapis"},
		{"all that is wrong with a change", "", []string{"region", "set", "--data", data, "18.99", "--url", "a b", "--zone", "x"}, 2, "", "zone: Write WIB, WITA, WIT"},
		{"an address with a path", "", []string{"region", "set", "--data", data, "18.01", "--url", "https://selatan.example.id/masuk"}, 2, "", "url: Write the whole address"},
		{"a change of nothing", "", []string{"region", "set", "--data", data, "18.01"}, 2, "", "--url, --zone, --quota or --motif"},
		{"the list of regions with addresses", "", []string{"region", "list", "--data", data}, 0, "18.01\tKabupaten Lampung Selatan\thttps://selatan.example.id\tAsia/Makassar\t50GB\t0MB\n", ""},
		{"a real region is no demo", "", []string{"demo", "--data", data}, 1, "", "not a demo"},
		{"a proxy that is none", "", []string{"serve", "--data", data, "--proxies", "x"}, 1, "", "trusted proxy"},
		{"metrics on an address that is none", "", []string{"serve", "--data", data, "--metrics", "192.0.2.1:9100"}, 1, "", "listen for metrics"},
		{"packs that are not there", "", []string{"serve", "--data", data, "--packs", "/tidak/ada"}, 1, "", "folder of packs"},
	} {
		code, stdout, stderr := world.Command(t, tt.stdin, tt.args...)
		if code != tt.code || !strings.Contains(stdout, tt.stdout) || !strings.Contains(stderr, tt.stderr) {
			t.Errorf("%s: exit %d, want %d\nstdout: %s\nstderr: %s", tt.name, code, tt.code, stdout, stderr)
		}
		if tt.code == 2 && stdout != "" {
			t.Errorf("%s: refused, and yet on stdout: %s", tt.name, stdout)
		}
		if tt.args[0] == "score" && strings.Count(stderr, "\n") > 1 {
			t.Errorf("%s: more than one line: %s", tt.name, stderr)
		}
	}
}

// A database that the program cannot use is unchanged, and refused with a sentence.
func TestRefusedDatabase(t *testing.T) {
	for applied, want := range map[string]string{
		`update goose_db_version set version_id = 47 where version_id = 1010`:       "siida: the database was made by an unreleased version of SI-IDA",
		`insert into goose_db_version (version_id, is_applied) values (9999, true)`: "siida: the database has schema 9999",
	} {
		data := t.TempDir()
		if code, _, stderr := world.Command(t, "", "region", "add", "--data", data, "18.01", "Kabupaten Lampung Selatan"); code != 0 {
			t.Fatal(stderr)
		}
		db, err := sql.Open("sqlite", filepath.Join(data, "siida.db"))
		world.Must(t, err)
		_, err = db.ExecContext(t.Context(), applied)
		world.Must(t, err)
		world.Must(t, db.Close())
		code, stdout, stderr := world.Command(t, "", "serve", "--listen", "127.0.0.1:0", "--data", data)
		if code != 2 || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("exit %d, want 2\nstdout: %s\nstderr: %s", code, stdout, stderr)
		}
	}
	dsn := sqldbtest.NewPostgres(t, "locale_provider icu icu_locale 'und'")
	code, stdout, stderr := world.Command(t, "", "serve", "--listen", "127.0.0.1:0", "--data", t.TempDir(), "--database", dsn)
	if code != 2 || stdout != "" || !strings.Contains(stderr, "createdb --template=template0") {
		t.Errorf("sorted otherwise: exit %d, want 2\nstdout: %s\nstderr: %s", code, stdout, stderr)
	}
}

// lines receives what a program prints.
type lines chan string

func (l lines) Write(p []byte) (int, error) { l <- string(p); return len(p), nil }

// The program starts, answers and stops; started again it has its data.
func TestServeAndStop(t *testing.T) {
	data := t.TempDir()
	for range 2 {
		ctx, stop := context.WithCancel(t.Context())
		printed, ended := make(lines, 100), make(chan int, 1)
		go func() {
			ended <- app.Run(ctx, []string{"demo", "--listen", "127.0.0.1:0", "--data", data}, app.Streams{Out: printed, Err: io.Discard})
		}()
		var said string
		for !strings.Contains(said, "operator") {
			select {
			case line := <-printed:
				said += line
			case code := <-ended:
				t.Fatalf("ended with %d: %s", code, said)
			case <-time.After(time.Minute):
				t.Fatalf("said only %q", said)
			}
		}
		_, address, _ := strings.Cut(said, "http://")
		address, _, _ = strings.Cut(address, "\n")
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/siap", nil)
		world.Must(t, err)
		answer, err := http.DefaultClient.Do(r)
		world.Must(t, err)
		world.Must(t, answer.Body.Close())
		if answer.StatusCode != http.StatusOK {
			t.Errorf("/siap answers %d", answer.StatusCode)
		}
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("stopped with %d", code)
		}
	}
}

// pageInProgress is a program that serves and is making a page.
type pageInProgress struct {
	address  string     // on which it listens
	stop     func()     // tells the program to stop
	release  func()     // lets the page go on
	answered chan int   // receives the status of the page; 0 if it was cut off
	ended    chan error // receives what serving returned
}

// servePage serves w and asks for a page, which then waits for release. It calls
// released as the page goes on.
func servePage(t *testing.T, w *world.Regions, released func()) pageInProgress {
	t.Helper()
	var held atomic.Bool
	asked, goOn := make(chan struct{}, 100), make(chan struct{})
	w.Auth.Now = func() time.Time { // called for every request with a session
		if held.Load() {
			asked <- struct{}{}
			<-goOn
			released()
		}
		return w.Clock()
	}
	ctx, stop := context.WithCancel(t.Context())
	listening := make(chan string, 1)
	p := pageInProgress{stop: stop, answered: make(chan int, 1), ended: make(chan error, 1)}
	p.release = func() {
		held.Store(false)
		close(goOn)
	}
	go func() {
		p.ended <- app.Serve(ctx, w.Program, "127.0.0.1:0", func(address string) error { listening <- address; return nil })
	}()
	p.address = <-listening
	until(t, "no job asks for the time any more", func() bool { return atRest(t, w) })
	held.Store(true)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.address+"/inovasi", nil)
	world.Must(t, err)
	r.Host = world.HomeHost
	r.AddCookie(&http.Cookie{Name: "sesi", Value: w.People["admin"]})
	go func() {
		answer, err := new(http.Transport).RoundTrip(r)
		if err != nil {
			p.answered <- 0
			return
		}
		_ = answer.Body.Close()
		p.answered <- answer.StatusCode
	}()
	<-asked
	return p
}

// The notes of a request answered while the program stops are written too.
func TestNotesOfLastRequestsAreWritten(t *testing.T) {
	w := world.New(t)
	world.SkipHour(t, w.Program) // so that the use of a session is recorded
	p := servePage(t, w, func() {})
	p.stop()
	for refused := false; !refused; {
		var dialer net.Dialer
		line, err := dialer.DialContext(t.Context(), "tcp", strings.TrimPrefix(p.address, "http://"))
		if refused = err != nil; !refused {
			_ = line.Close()
		}
	}
	time.Sleep(50 * time.Millisecond) // for a stop that does not wait for the request
	p.release()
	if got := <-p.answered; got != http.StatusOK {
		t.Errorf("the page is answered with %d", got)
	}
	world.Must(t, <-p.ended)
	if n := w.Auth.Uses.Len(); n > 0 {
		t.Errorf("%d notes were left", n)
	}
}

// Requests that take too long after a stop are cut off and waited for: the database
// is open until they have ended, and the program ends.
func TestStopCutsOffLongRequests(t *testing.T) {
	w := world.New(t)
	app.SetShutdownTimeout(w.Program, 50*time.Millisecond)
	var through atomic.Bool
	p := servePage(t, w, func() {
		time.Sleep(50 * time.Millisecond) // for a stop that does not wait
		through.Store(true)
	})
	p.stop()
	select {
	case got := <-p.answered:
		if got != 0 {
			t.Errorf("the page is answered with %d", got)
		}
	case err := <-p.ended:
		p.release()
		t.Fatalf("ended with %v while a page is being made", err)
	}
	p.release()
	if err := <-p.ended; err != nil || !through.Load() {
		t.Errorf("ended with %v; the page was through: %v", err, through.Load())
	}
}

// The link for the first administrator of each region without one is printed, at the
// region's own address.
func TestSetupLinkIsPrinted(t *testing.T) {
	p := world.Empty(t)
	printed := func() string {
		var out strings.Builder
		world.Must(t, app.PrintSetup(t.Context(), p, app.Streams{Out: &out}, "http://127.0.0.1:8080"))
		return out.String()
	}
	if got := printed(); !strings.Contains(got, "siida region add") {
		t.Errorf("without a region: %q", got)
	}
	world.Must(t, p.Regions.Add(t.Context(), region.Region{Code: "18.01", Name: "Satu"}))
	if got := printed(); !strings.Contains(got, "http://127.0.0.1:8080/mulai/") {
		t.Errorf("one region: %q", got)
	}
	world.Must(t, p.Regions.Add(t.Context(), region.Region{Code: "18.02", Name: "Dua", URL: "https://" + world.AwayHost}))
	if got := printed(); !strings.Contains(got, "https://"+world.AwayHost+"/mulai/") {
		t.Errorf("two regions: %q", got)
	}
	p = world.Alone(t)
	if got := printed(); got != "" {
		t.Errorf("with an administrator: %q", got)
	}
}

// A region with a period whose pack has changed is logged at the start, and its pages
// for that period show a fault. Other regions are served and get snapshots.
func TestBrokenRegionDoesNotAffectOthers(t *testing.T) {
	w := world.New(t)
	_, err := w.DB.Exec(t.Context(), `update periods set pack_sha256 = 'other' where region_id = '18.02'`)
	world.Must(t, err)
	if err := app.CheckPacks(t.Context(), w.Program); err == nil || !strings.Contains(err.Error(), "region 18.02: period 2026") {
		t.Errorf("checkPacks = %v, want an error that names region and period", err)
	}
	handler := world.Pages(t, w.Program)
	if answer := w.Ask(t, handler, "outsider", http.MethodGet, "/indeks/2026", ""); answer.Code != http.StatusConflict {
		t.Errorf("the page answers %d", answer.Code)
	}
	if answer := w.Ask(t, handler, "admin", http.MethodGet, "/indeks/2026", ""); answer.Code != http.StatusOK {
		t.Errorf("the other region's page answers %d", answer.Code)
	}
	w.Clock = func() time.Time { return testclock.Now().AddDate(0, 0, 1) }
	work(t, w)
	until(t, "the index of the day is kept where it can be, and tried where not", func() bool {
		return len(snapshots(t, w, w.Home)) > 0 && tried(t, w) > 0
	})
	if list := snapshots(t, w, w.Away); len(list) > 0 {
		t.Errorf("the broken region has %d days in its index", len(list))
	}
}

// No form of a connection string shows its password in the log or on the standard
// error, also if it is malformed or stands where none is meant.
func TestCaseS15PasswordsAreMasked(t *testing.T) {
	for dsn, want := range map[string]string{
		"postgres://siida:rahasia@127.0.0.1:1/siida":                               "siida@127.0.0.1:1/siida",
		"postgres://siida@127.0.0.1:1/siida?password=rahasia":                      "siida@127.0.0.1:1/siida",
		"postgres://siida:ra%68asia@127.0.0.1:1/siida?sslpassword=rahasia":         "siida@127.0.0.1:1/siida",
		"host=127.0.0.1 port=1 user=siida dbname=siida password=rahasia":           "siida@127.0.0.1:1/siida",
		"host=127.0.0.1 port=1 user=siida dbname=siida password = 'rahasia benar'": "siida@127.0.0.1:1/siida",
		"postgres://siida:rahasia@db:port/siida":                                   "cannot be read",
		"postgres://siida:%zzrahasia@db/siida":                                     "cannot be read",
		"postgres://siida:rahasia@db/siida?sslmode=bad":                            "cannot be read",
		"postgres://siida:#rahasia@127.0.0.1:1/siida":                              "cannot be read",
		"postgres://siida:1/rahasia@127.0.0.1:1/siida":                             "cannot be read",
		"postgres://siida:sangat rahasia@127.0.0.1:1/siida":                        "cannot be read",
		"postgres//siida:rahasia@127.0.0.1/siida":                                  "cannot be read",
		"postgres:siida:rahasia@127.0.0.1/siida":                                   "cannot be read",
		"host=127.0.0.1 port=satu password=rahasia":                                "cannot be read",
		"host=127.0.0.1 port=satu password = rahasia":                              "cannot be read",
		"host=127.0.0.1 port=1 password='rahasia":                                  "cannot be read",
		"rahasia": "cannot be read",
	} {
		got := app.Config{Database: dsn}.LogValue().String()
		if strings.Contains(got, "rahasia") || strings.Contains(got, "ra%68asia") || !strings.Contains(got, want) {
			t.Errorf("%s: the log would show %s", dsn, got)
		}
		for _, args := range [][]string{
			{"serve", "--listen", "127.0.0.1:0", "--data", t.TempDir(), "--database", dsn},
			{"check", "--data", t.TempDir(), "--database", dsn},
			{"serve", dsn},
			{"serve", "--database", "sqlite:x", "--unknown=" + dsn},
		} {
			code, stdout, stderr := world.Command(t, "", args...)
			bare := args[1] == dsn && dsn == "rahasia" // a word that nothing tells from others
			if out := stdout + stderr; code == 0 || !bare && (strings.Contains(out, "rahasia") || strings.Contains(out, "ra%68asia")) {
				t.Errorf("%q: %d: %s", args, code, out)
			}
		}
	}
	for _, dsn := range []string{"", "sqlite:/srv/siida/siida.db"} {
		if got := (app.Config{Data: "/srv/siida", Database: dsn}).LogValue().String(); !strings.Contains(got, "sqlite:/srv/siida/siida.db") {
			t.Errorf("%q: the log would show %s", dsn, got)
		}
	}
}
