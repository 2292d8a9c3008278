package app_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"siida.id/internal/app"
	"siida.id/internal/auth"
	"siida.id/internal/base/testclock"
	"siida.id/internal/infra/blob"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// kills is how often TestKilled kills the program; the environment variable KILLS
// overrides it.
const kills = 4

// childOf is the environment variable that has the served program of a child process.
const childOf = "SIIDA_TEST_SERVE"

// served is a program that a child process serves until it is killed.
type served struct {
	DSN, Files string
	Ahead      time.Duration // of its clock, relative to that of the tests
}

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "inspect" { // a child of a program that a test serves
		os.Exit(app.Run(context.Background(), os.Args[1:], app.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
	}
	if text := os.Getenv(childOf); text != "" {
		if err := serveChild(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// serveChild serves, and prints its address.
func serveChild(text string) error {
	var s served
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return err
	}
	ctx := context.Background()
	db, err := sqldb.Open(ctx, s.DSN)
	if err != nil {
		return err
	}
	folder, err := blob.Open(s.Files)
	if err != nil {
		return err
	}
	p, err := app.On(slog.New(slog.DiscardHandler), db, folder, 1<<20)
	if err != nil {
		return err
	}
	p.Clock = func() time.Time { return testclock.Now().Add(s.Ahead) }
	return app.Serve(ctx, p, "127.0.0.1:0", func(address string) error {
		_, err := fmt.Println(address)
		return err
	})
}

// start starts the child and returns its address and a function that kills it.
func (s served) start(t *testing.T) (address string, kill func()) {
	t.Helper()
	text, err := json.Marshal(s)
	world.Must(t, err)
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childOf+"="+string(text))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	world.Must(t, err)
	world.Must(t, cmd.Start())
	address, err = bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the program did not start: %v", err)
	}
	return strings.TrimSpace(address), func() {
		world.Must(t, cmd.Process.Signal(syscall.SIGKILL))
		_ = cmd.Wait()
	}
}

// acknowledged has what the program has acknowledged as saved.
type acknowledged struct {
	mu    sync.Mutex
	names []string          // of innovations
	files map[string][]byte // by the subject of their document
	saved chan struct{}     // receives one value for each acknowledgement
}

// killed is a world whose program is killed repeatedly.
type killed struct {
	*world.Regions
	t *testing.T
	acknowledged
}

// send sends a form and reports whether it was saved; false means that the program
// was killed meanwhile.
func (k *killed) send(method, address, token, kind string, body io.Reader) bool {
	r, err := http.NewRequestWithContext(k.t.Context(), method, address, body)
	if err != nil {
		k.t.Error(err)
		return false
	}
	r.Host = world.HomeHost
	r.Header.Set("Content-Type", kind)
	r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
	answer, err := new(http.Transport).RoundTrip(r)
	if err != nil {
		return false
	}
	text, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther && err == nil {
		k.t.Errorf("%s: %d\n%s", address, answer.StatusCode, text)
	}
	return answer.StatusCode == http.StatusSeeOther
}

// register registers innovations until the program is killed.
func (k *killed) register(address, token, round string) {
	for n := 0; ; n++ {
		name := fmt.Sprintf("Inovasi %s %d", round, n)
		form := url.Values{
			"perangkat": {k.IDs["own"].Agency}, "nama": {name}, "urusan": {"Kesehatan"}, "terap": {"2024-03-01"}, "rancang": {"Rancang"},
		}
		if !k.send(http.MethodPost, address+"/inovasi", token, "application/x-www-form-urlencoded", strings.NewReader(form.Encode())) {
			return
		}
		k.mu.Lock()
		k.names = append(k.names, name)
		k.mu.Unlock()
		k.saved <- struct{}{}
	}
}

// upload answers an indicator of an innovation with a new file each time, until the
// program is killed.
func (k *killed) upload(address, token, place, round string, version int64) {
	for ; ; version++ {
		subject := fmt.Sprintf("Surat %s %s %d", place, round, version)
		content := append([]byte("%PDF-1.7 "+subject+" "), bytes.Repeat([]byte("isi "), 20_000)...)
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for name, value := range map[string]string{
			"versi": strconv.FormatInt(version, 10), "pilihan": strconv.FormatInt(1+version%3, 10), "selesai": "nanti",
			"tentang": subject, "nomor": "1/2026", "tanggal": "2025-02-03",
		} {
			world.Must(k.t, form.WriteField(name, value))
		}
		part, err := form.CreateFormFile("berkas", "surat.pdf")
		world.Must(k.t, err)
		_, err = part.Write(content)
		world.Must(k.t, errors.Join(err, form.Close()))
		if !k.send(http.MethodPost, address+"/inovasi/"+k.IDs[place].Innovation+"/2026/SID-16", token, form.FormDataContentType(), &body) {
			return
		}
		k.mu.Lock()
		k.files[subject] = content
		k.mu.Unlock()
		k.saved <- struct{}{}
	}
}

// A program killed with forms, uploads and jobs in progress has lost nothing that it
// acknowledged, and no job takes effect twice.
func TestKilled(t *testing.T) {
	n := kills
	if text := os.Getenv("KILLS"); text != "" {
		var err error
		n, err = strconv.Atoi(text)
		world.Must(t, err)
	}
	world.EachDSN(t, func(t *testing.T, w *world.Regions, dsn string) {
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		random := rand.New(rand.NewPCG(seed, 1))
		k := &killed{Regions: w, t: t, acknowledged: acknowledged{files: map[string][]byte{}, saved: make(chan struct{}, 1000)}}
		ahead := time.Duration(0)
		w.Clock = func() time.Time { return testclock.Now().Add(ahead) }
		for round := range n {
			ahead += 24 * time.Hour // another day has other jobs
			var work sync.WaitGroup
			address, kill := served{DSN: dsn, Files: w.Files, Ahead: ahead}.start(t)
			for login, place := range map[string]string{"operator": "own", "rahasia-other": "other", "admin": ""} {
				home := world.Acting(t, w.Program, w.Home, login)
				tokens, err := w.Auth.SignIn(region.Within(t.Context(), w.Home), login, world.Passphrase, auth.ClientInfo{Address: "192.0.2.1"})
				world.Must(t, err)
				if place == "" {
					work.Go(func() { k.register(address, tokens.Session, strconv.Itoa(round)) })
					continue
				}
				q, err := w.Evidence.Question(home, w.IDs[place].Innovation, "2026", "SID-16")
				world.Must(t, err)
				work.Go(func() { k.upload(address, tokens.Session, place, strconv.Itoa(round), q.Answer.Version) })
			}
			k.await(1 + random.IntN(20))
			time.Sleep(time.Duration(random.IntN(30)) * time.Millisecond)
			kill()
			work.Wait()
		}
		k.finishJobs(dsn, ahead)
		k.checkNames()
		k.checkFiles()
		c := &checkup{Program: w.Program, t: t, folder: w.Files}
		if found := c.found(); slices.ContainsFunc(keys(found), func(about string) bool { return strings.HasPrefix(about, "!") }) {
			t.Errorf("siida check finds %v", found)
		}
		t.Logf("%d kills: %d innovations and %d files acknowledged", n, len(k.names), len(k.files))
	})
}

// await waits for n more acknowledgements.
func (k *killed) await(n int) {
	k.t.Helper()
	for len(k.saved) > 0 {
		<-k.saved
	}
	for range n {
		select {
		case <-k.saved:
		case <-time.After(time.Minute):
			k.t.Fatal("nothing is acknowledged any more")
		}
	}
}

// finishJobs starts the program again until it has run all jobs, as if those of the
// killed processes had begun an hour ago, and checks their results.
func (k *killed) finishJobs(dsn string, ahead time.Duration) {
	k.t.Helper()
	stuck := `update river_job set attempted_at = datetime(attempted_at, '-1 hour') where state = 'running'`
	if k.DB.Engine == sqldb.Postgres {
		stuck = `update river_job set attempted_at = attempted_at - interval '1 hour' where state = 'running'`
	}
	for _, text := range []string{`delete from river_leader`, stuck} {
		_, err := k.DB.WriterPool().ExecContext(k.t.Context(), text)
		world.Must(k.t, err)
	}
	_, kill := served{DSN: dsn, Files: k.Files, Ahead: ahead}.start(k.t)
	defer kill()
	until(k.t, "all jobs are done", func() bool { return atRest(k.t, k.Regions) })
	kept, last := map[string]int{}, map[string]string{}
	for _, r := range []region.Region{k.Home, k.Away} {
		for _, m := range snapshots(k.t, k.Regions, r) {
			kept[r.Code+" "+string(m.Day)]++
			last[r.Code] = max(last[r.Code], string(m.Day))
		}
	}
	for day, n := range kept {
		if n != 1 {
			k.t.Errorf("%d snapshots of %s", n, day)
		}
	}
	queued := map[job]int{}
	for _, j := range k.jobs() {
		queued[j]++
		if j.Kind == "index.day" && last[j.Region] < j.Key { // a day before a snapshot is left alone
			k.t.Errorf("%v is done, and there is no snapshot of it or of a later day", j)
		}
	}
	for j, n := range queued {
		if n != 1 {
			k.t.Errorf("%v is there %d times", j, n)
		}
	}
}

// job is one that was queued.
type job struct{ Kind, Region, Key string }

func (k *killed) jobs() (list []job) {
	k.t.Helper()
	text := `select kind, json(args) from river_job`
	if k.DB.Engine == sqldb.Postgres {
		text = `select kind, cast(args as text) from river_job`
	}
	rows, err := k.DB.ReaderPool().QueryContext(k.t.Context(), text)
	world.Must(k.t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var j job
		var args []byte
		world.Must(k.t, rows.Scan(&j.Kind, &args))
		world.Must(k.t, json.Unmarshal(args, &j))
		list = append(list, j)
	}
	world.Must(k.t, rows.Err())
	return list
}

// checkNames checks that each acknowledged innovation exists once, and no name twice.
func (k *killed) checkNames() {
	k.t.Helper()
	admin := world.Acting(k.t, k.Program, k.Home, "admin")
	got := map[string]int{}
	list, err := k.Innovations.Store.List(admin, innovation.Scope{Region: true})
	world.Must(k.t, err)
	for _, i := range list {
		got[i.Name]++
	}
	for _, name := range k.names {
		if got[name] == 0 {
			k.t.Errorf("%s was acknowledged, and is lost", name)
		}
	}
	for name, n := range got {
		if n > 1 {
			k.t.Errorf("%s is there %d times", name, n)
		}
	}
}

// checkFiles opens each acknowledged file.
func (k *killed) checkFiles() {
	k.t.Helper()
	admin := world.Acting(k.t, k.Program, k.Home, "admin")
	got := map[string][]byte{}
	for _, place := range []string{"own", "other"} {
		q, err := k.Evidence.Question(admin, k.IDs[place].Innovation, "2026", "SID-16")
		world.Must(k.t, err)
		for _, d := range q.Proofs {
			_, content, err := k.Evidence.Open(admin, d.ID)
			world.Must(k.t, err)
			got[d.Subject], err = io.ReadAll(content)
			world.Must(k.t, errors.Join(err, content.Close()))
		}
	}
	for subject, content := range k.files {
		if !bytes.Equal(got[subject], content) {
			k.t.Errorf("%s was acknowledged with %d bytes, and has %d", subject, len(content), len(got[subject]))
		}
	}
}

func keys(m map[string]int) (list []string) {
	for key := range m {
		list = append(list, key)
	}
	return list
}
