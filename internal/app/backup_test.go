package app_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/app"
	"siida.id/internal/backup"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/testclock"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/region"
	"siida.id/internal/status"
	"siida.id/internal/status/statuscli"
	"siida.id/internal/test/world"
	"siida.id/locales"
	"siida.id/migrations"
)

// strange is text with whatever both engines take.
const strange = "baris satu\nbaris \"dua\"\t\\ <b>&amp;</b> \u2028 \u200d é e\u0301 بسم ꦧ 😀 \x01 {}'; --"

// opened opens the program on a data folder and a database, or the folder's own for "".
func opened(t *testing.T, data, dsn string) *app.Program {
	t.Helper()
	p, err := app.Open(t.Context(), slog.New(slog.DiscardHandler), app.Config{Data: data, Database: dsn, MaxFile: 1})
	world.Must(t, err)
	p.Clock = testclock.Now
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// backedUp runs siida backup, and returns its folder.
func backedUp(t *testing.T, data, dsn string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "cadangan")
	code, stdout, stderr := world.Command(t, "", "backup", folder, "--data", data, "--database", dsn, "--lang", "en")
	if code != 0 || !strings.Contains(stdout, "is whole in "+folder) || stderr != "" {
		t.Fatalf("backup: exit %d\n%s%s", code, stdout, stderr)
	}
	return folder
}

// restored runs siida restore, beside the key if it is not nil, and returns the data
// folder.
func restored(t *testing.T, folder, dsn string, key []byte) (data string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "data")
	if key != nil {
		world.Must(t, os.Mkdir(data, 0o700))
		world.Must(t, os.WriteFile(filepath.Join(data, "siida.key"), key, 0o600))
	}
	code, stdout, stderr := world.Command(t, "", "restore", folder, "--data", data, "--database", dsn, "--lang", "en")
	if code != 0 || !strings.Contains(stdout, "Restored the backup of") || !strings.Contains(stdout, "All is well.") {
		t.Fatalf("restore: exit %d\n%s%s", code, stdout, stderr)
	}
	return data
}

// content returns the files of a folder, but for what has a name that begins with a dot.
func content(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	world.Must(t, fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && name != "." && strings.HasPrefix(d.Name(), ".") {
			return fs.SkipDir // what was arriving when the program was killed
		}
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		text, err := os.ReadFile(filepath.Join(folder, name))
		files[name] = string(text)
		return err
	}))
	return files
}

// rows returns all rows of the tables, as text.
func rows(t *testing.T, p *app.Program) map[string][]string {
	t.Helper()
	list, err := rowsIn(t.Context(), p)
	world.Must(t, err)
	return list
}

// rowsIn is rows in the snapshot of a context.
func rowsIn(ctx context.Context, p *app.Program) (map[string][]string, error) {
	list := map[string][]string{}
	tables, err := p.DB.Tables(ctx)
	for _, table := range tables {
		err = errors.Join(err, p.DB.EachRow(ctx, table, func(row []any) error {
			list[table.Name] = append(list[table.Name], fmt.Sprintf("%#v", row))
			return nil
		}))
	}
	return list, err
}

// withoutAccess takes out of rows what a restore ends: sessions, known devices, links,
// and until when one-time codes are valid.
func withoutAccess(t *testing.T, p *app.Program, of map[string][]string) {
	t.Helper()
	for _, table := range []string{"sessions", "devices", "setup_links", "credentials"} {
		delete(of, table)
	}
	var err error
	of["credentials"], err = sqldb.List(t.Context(), p.DB, sqldb.Self[string], `
		select region_id || ' ' || person_id || ' ' || password_hash || case when code_until is null then ' password' else ' code' end
		from credentials
		order by region_id, person_id`)
	world.Must(t, err)
}

// withoutParts is withoutAccess for the parts of a backup, and takes out its manifest, which is dated.
func withoutParts(parts map[string]string) {
	for _, name := range []string{"manifest.json", "data/sessions.jsonl", "data/devices.jsonl", "data/setup_links.jsonl", "data/credentials.jsonl"} {
		delete(parts, name)
	}
}

// A backup of SQLite restored into PostgreSQL, and a backup of that into SQLite, are
// equal to the first row by row and byte by byte; every table has rows.
func TestCaseS2RoundTrip(t *testing.T) {
	t.Parallel()
	data := world.DemoData(t)
	p := opened(t, data, "")
	world.AddRows(t, p)
	ctx := actor.With(t.Context(), actor.Actor{Region: "18.02"})
	world.Must(t, p.Jobs.Insert(ctx, "index.day", "2026-01-02", map[string]string{"day": "2026-01-02"}))
	(&world.Regions{Program: p}).ParkedJob(t, "18.02", "index.day", "x")
	_, err := p.DB.Exec(ctx, `update evidence_accesses set reason = $1`, strange)
	world.Must(t, err)
	_, err = p.DB.Exec(ctx, `update regions set quota = 9223372036854775807 where region_id = '18.02'`)
	world.Must(t, err)

	key, err := os.ReadFile(filepath.Join(data, "siida.key")) // the backup is without it
	world.Must(t, err)
	first := backedUp(t, data, "")
	m, damaged, err := backup.Verify(t.Context(), first)
	if err != nil || len(damaged) > 0 {
		t.Fatal(damaged, err)
	}
	for _, part := range m.Parts {
		if strings.HasPrefix(part.Path, "data/") && part.Rows == 0 {
			t.Errorf("%s has no row", part.Path)
		}
	}
	before := rows(t, p)
	withoutAccess(t, p, before)
	if !strings.Contains(before["evidence_accesses"][0], fmt.Sprintf("%#v", strange)) {
		t.Errorf("evidence_accesses: %s", before["evidence_accesses"])
	}
	wantFiles := content(t, filepath.Join(data, "files"))
	parts := content(t, first)
	withoutParts(parts)
	if n := strings.Count(parts["jobs.jsonl"], "\n"); n != 2 {
		t.Errorf("%d jobs: %s", n, parts["jobs.jsonl"])
	}
	folder := first
	for _, dsn := range []string{sqldbtest.NewPostgres(t, ""), ""} {
		data = restored(t, folder, dsn, key)
		if diff := cmp.Diff(wantFiles, content(t, filepath.Join(data, "files"))); diff != "" {
			t.Error("files differ:\n" + diff)
		}
		folder = backedUp(t, data, dsn)
		again := content(t, folder)
		withoutParts(again)
		if diff := cmp.Diff(parts, again); diff != "" {
			t.Errorf("the backup of the restored differs:\n%.2000s", diff)
		}
		p := opened(t, data, dsn)
		after := rows(t, p)
		for _, table := range []string{"sessions", "devices", "setup_links"} {
			if len(after[table]) > 0 {
				t.Errorf("%s has rows that let somebody in: %v", table, after[table])
			}
		}
		withoutAccess(t, p, after)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("rows differ:\n%.2000s", diff)
		}
	}
}

// While others write, a backup is one state: it has all that was acknowledged before
// it began, and what it has refers to nothing that it has not.
func TestCaseS2UnderWrites(t *testing.T) {
	t.Parallel()
	world.EachDSN(t, func(t *testing.T, w *world.Regions, dsn string) {
		var acknowledged, failed atomic.Int64
		ctx, stop := context.WithCancel(t.Context())
		var writers sync.WaitGroup
		admin := world.Acting(t, w.Program, w.Home, "admin")
		for n := range 4 {
			writers.Go(func() {
				for i := 0; ctx.Err() == nil; i++ {
					if err := w.Agencies.AddKind(admin, fmt.Sprintf("Jenis %d-%d", n, i)); err != nil {
						failed.Add(1)
						t.Error(err)
						return
					}
					acknowledged.Add(1)
					if _, err := w.Program.Files.Make(admin, "test", "a.txt", "text/plain", fmt.Appendf(nil, "isi %d-%d", n, i)); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		until(t, "some are written", func() bool { return acknowledged.Load() >= 20 || failed.Load() > 0 })
		least := acknowledged.Load()
		data := filepath.Dir(w.Files)
		if filepath.Base(w.Files) != "files" {
			data = filepath.Join(t.TempDir(), "data")
			world.Must(t, os.Mkdir(data, 0o700))
			world.Must(t, os.Symlink(w.Files, filepath.Join(data, "files")))
		}
		folder := backedUp(t, data, dsn)
		stop()
		writers.Wait()
		p := opened(t, restored(t, folder, "", nil), "")
		got, err := sqldb.One(t.Context(), p.DB, sqldb.Self[int64], `select count(*) from agency_kinds where label like 'Jenis %'`)
		world.Must(t, err)
		if all := acknowledged.Load(); got < least || got > all {
			t.Errorf("%d kinds in the backup; %d were acknowledged before it, %d in all", got, least, all)
		}
	})
}

// between calls functions before and after the snapshot.
type between struct {
	backup.Store
	before, after func()
}

func (b between) Snapshot(ctx context.Context, fn func(ctx context.Context) error) error {
	b.before()
	defer b.after()
	return b.Store.Snapshot(ctx, fn)
}

// What arrives or is swept while a backup is made is in it as the snapshot has it;
// bytes of nothing are not.
func TestCaseS2Sweep(t *testing.T) {
	t.Parallel()
	world.Each(t, func(t *testing.T, w *world.Regions) {
		admin := world.Acting(t, w.Program, w.Home, "admin")
		start := testclock.Now()
		w.Clock = func() time.Time { return start.Add(-25 * time.Hour) }
		old, err := w.Program.Files.Make(admin, "test", "a.txt", "text/plain", []byte("disapu"))
		world.Must(t, err)
		w.Clock = func() time.Time { return start }
		u, err := w.Folder.Receive(t.Context(), strings.NewReader("tanpa baris"), 100)
		world.Must(t, err)
		world.Must(t, u.Commit(w.Home.Code))
		path := func(sha256 string) string { return filepath.Join(w.Home.Code, sha256[:2], sha256) }
		world.Must(t, os.Chtimes(filepath.Join(w.Files, path(old.SHA256)), start.Add(-25*time.Hour), start.Add(-25*time.Hour)))

		s := *w.Backup
		var arrived string
		s.Store = between{s.Store, func() {
			made, err := w.Program.Files.Make(admin, "test", "b.txt", "text/plain", []byte("datang"))
			world.Must(t, err)
			arrived = made.SHA256
		}, func() {
			world.Must(t, w.Program.Files.Sweep(admin))
			if _, err := os.Stat(filepath.Join(w.Files, path(old.SHA256))); err == nil {
				t.Error("nothing was swept")
			}
		}}
		folder := t.TempDir()
		m, err := s.Write(t.Context(), folder)
		if err != nil || len(m.Damaged) > 0 {
			t.Fatal(m.Damaged, err)
		}
		for sha256, want := range map[string]bool{old.SHA256: true, arrived: true, u.SHA256: false} {
			if _, err := os.Stat(filepath.Join(folder, "files", path(sha256))); (err == nil) != want {
				t.Errorf("%s: %v, want it there: %v", sha256, err, want)
			}
		}
		restored(t, folder, "", nil)
	})
}

// A backup that was interrupted has no manifest and is not restored.
func TestCaseS2Interrupted(t *testing.T) {
	t.Parallel()
	w := world.New(t)
	ctx, stop := context.WithCancel(t.Context())
	s := *w.Backup
	s.Store = between{s.Store, func() {}, stop}
	folder := t.TempDir()
	if _, err := s.Write(ctx, folder); err == nil {
		t.Fatal("the backup was not interrupted")
	}
	data := filepath.Join(t.TempDir(), "data")
	code, _, stderr := world.Command(t, "", "restore", folder, "--data", data, "--lang", "en")
	if _, err := os.Stat(data); code != 1 || !strings.Contains(stderr, "This backup was interrupted") || err == nil {
		t.Errorf("exit %d, %v\n%s", code, err, stderr)
	}
}

// A database of another schema is refused before anything is copied.
func TestCaseS2NothingOfAnotherSchema(t *testing.T) {
	t.Parallel()
	p := world.Demo(t)
	_, err := p.DB.Exec(t.Context(), `delete from goose_db_version where version_id = (select max(version_id) from goose_db_version)`)
	world.Must(t, err)
	folder := filepath.Join(t.TempDir(), "backup")
	if _, err := p.Backup.Write(t.Context(), folder); err == nil {
		t.Error("a database of an older schema was backed up")
	}
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
}

// A damaged backup is refused with the name of every damaged part; nothing is written.
func TestCaseS2Damaged(t *testing.T) {
	t.Parallel()
	folder := backedUp(t, world.DemoData(t), "")
	var file string
	for name := range content(t, folder) {
		if strings.HasPrefix(name, "files/") && (file == "" || name < file) {
			file = name
		}
	}
	change := func(t *testing.T, name string, do func(text []byte) []byte) {
		t.Helper()
		text, err := os.ReadFile(name)
		world.Must(t, err)
		world.Must(t, os.WriteFile(name, do(text), 0o600))
	}
	cut := func(text []byte) []byte { return text[:len(text)-1] }
	flip := func(text []byte) []byte { text[len(text)/2] ^= 1; return text }
	for name, tt := range map[string]struct {
		harm func(t *testing.T, at func(name string) string)
		want []string
	}{
		"a part is cut":    {func(t *testing.T, at func(string) string) { change(t, at("data/people.jsonl"), cut) }, []string{"data/people.jsonl: This part is cut short."}},
		"a part is empty":  {func(t *testing.T, at func(string) string) { world.Must(t, os.Truncate(at("data/events.jsonl"), 0)) }, []string{"data/events.jsonl: This part is cut short."}},
		"a byte of rows":   {func(t *testing.T, at func(string) string) { change(t, at("data/answers.jsonl"), flip) }, []string{"data/answers.jsonl: The bytes of this part have changed."}},
		"a byte of a file": {func(t *testing.T, at func(string) string) { change(t, at(file), flip) }, []string{file + ": The bytes of this part have changed."}},
		"something is added": {func(t *testing.T, at func(string) string) {
			change(t, at("jobs.jsonl"), func(b []byte) []byte { return append(b, '\n') })
		}, []string{"jobs.jsonl: The bytes of this part have changed."}},
		"two parts are gone": {func(t *testing.T, at func(string) string) {
			world.Must(t, os.Remove(at(file)))
			world.Must(t, os.Remove(at("data/people.jsonl")))
		}, []string{file + ": This part is not there.", "data/people.jsonl: This part is not there.", "2 parts"}},
		"a part is no file": {func(t *testing.T, at func(string) string) {
			world.Must(t, os.Remove(at(file)))
			world.Must(t, os.Mkdir(at(file), 0o700))
		}, []string{file + ": This part cannot be read."}},
		"a part leads out": {func(t *testing.T, at func(string) string) {
			world.Must(t, os.Remove(at(file)))
			world.Must(t, os.Symlink("/etc/passwd", at(file)))
		}, []string{file + ": This part cannot be read."}},
		"the manifest is cut":  {func(t *testing.T, at func(string) string) { change(t, at("manifest.json"), cut) }, []string{"manifest.json: The manifest is damaged"}},
		"the manifest is gone": {func(t *testing.T, at func(string) string) { world.Must(t, os.Remove(at("manifest.json"))) }, []string{"manifest.json: There is no manifest."}},
		"the manifest is none": {func(t *testing.T, at func(string) string) {
			world.Must(t, os.WriteFile(at("manifest.json"), []byte("{}\n"), 0o600))
		}, []string{"manifest.json: The manifest is damaged"}},
		"the manifest lacks a part": {func(t *testing.T, at func(string) string) {
			change(t, at("manifest.json"), func(text []byte) []byte {
				before, rest, _ := strings.Cut(string(text), `"path": "data/people.jsonl"`)
				before = before[:strings.LastIndex(before, "{")]
				_, after, _ := strings.Cut(rest, "},")
				return []byte(strings.TrimRight(before, " \n") + after)
			})
		}, []string{"manifest.json: The manifest is damaged"}},
		"the manifest has another number": {func(t *testing.T, at func(string) string) {
			change(t, at("manifest.json"), func(text []byte) []byte { return []byte(strings.Replace(string(text), `"seq": `, `"seq": 1`, 1)) })
		}, []string{"manifest.json: The manifest is damaged"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			damaged := t.TempDir()
			world.Must(t, os.CopyFS(damaged, os.DirFS(folder)))
			tt.harm(t, func(name string) string { return filepath.Join(damaged, name) })
			data := filepath.Join(t.TempDir(), "data")
			code, stdout, stderr := world.Command(t, "", "restore", damaged, "--data", data, "--lang", "en")
			if code != 1 || stdout != "" {
				t.Errorf("exit %d, want 1: %s", code, stdout)
			}
			for _, want := range append(tt.want, "Nothing was restored.") {
				if !strings.Contains(stderr, want) {
					t.Errorf("%q is not in\n%s", want, stderr)
				}
			}
			if _, err := os.Stat(data); err == nil {
				t.Error("something was written")
			}
		})
	}
}

// Where something is in the way, nothing is done, with exit status 2 and a sentence.
func TestCaseS2Refused(t *testing.T) {
	t.Parallel()
	data := world.DemoData(t)
	folder := backedUp(t, data, "")
	before := content(t, folder)
	withFiles := t.TempDir()
	world.Must(t, os.MkdirAll(filepath.Join(withFiles, "files", "18.01"), 0o700))
	world.Must(t, os.WriteFile(filepath.Join(withFiles, "files", "18.01", "x"), nil, 0o600))
	newer := t.TempDir()
	world.Must(t, os.WriteFile(filepath.Join(newer, "manifest.json"), []byte(`{"format": 2, "program": "v9.0"}`), 0o600))
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"backup", folder, "--data", data}, "is not empty"},
		{[]string{"backup", filepath.Join(newer, "manifest.json"), "--data", data}, "is not empty"},
		{[]string{"restore", filepath.Join(newer, "manifest.json"), "--data", t.TempDir()}, "There is no folder"},
		{[]string{"restore", folder, "--data", data}, "has files already"},
		{[]string{"restore", folder, "--data", withFiles}, "has files already"},
		{[]string{"restore", folder, "--data", filepath.Join(t.TempDir(), "data"), "--database", "sqlite:" + filepath.Join(data, "siida.db")}, "has rows already"},
		{[]string{"restore", filepath.Join(folder, "tidak-ada"), "--data", t.TempDir()}, "There is no folder"},
		{[]string{"restore", newer, "--data", t.TempDir()}, "made by a newer program (v9.0)"},
	} {
		code, stdout, stderr := world.Command(t, "", append(tt.args, "--lang", "en")...)
		if code != 2 || stdout != "" || !strings.Contains(stderr, tt.want) {
			t.Errorf("%v: exit %d\n%s%s", tt.args, code, stdout, stderr)
		}
	}
	if diff := cmp.Diff(before, content(t, folder)); diff != "" {
		t.Error("the folder of the backup was changed:\n" + diff)
	}
}

// What the installation has lost is named; the rest is backed up and can be restored.
func TestCaseS2InstallationDamaged(t *testing.T) {
	t.Parallel()
	data := world.DemoData(t)
	names := slices.Sorted(maps.Keys(content(t, filepath.Join(data, "files"))))
	gone, changed := names[0], names[1]
	world.Must(t, os.Remove(filepath.Join(data, "files", gone)))
	world.Must(t, os.Chmod(filepath.Join(data, "files", changed), 0o600))
	world.Must(t, os.WriteFile(filepath.Join(data, "files", changed), []byte("lain"), 0o600))
	folder := filepath.Join(t.TempDir(), "cadangan")
	code, _, stderr := world.Command(t, "", "backup", folder, "--data", data, "--lang", "en")
	for _, want := range []string{gone + ": This file is not in the installation.", changed + ": The bytes of this file have changed", "2 files of the installation"} {
		if code != 1 || !strings.Contains(stderr, want) {
			t.Errorf("exit %d, want 1 and %q\n%s", code, want, stderr)
		}
	}
	code, stdout, _ := world.Command(t, "", "restore", folder, "--data", filepath.Join(t.TempDir(), "data"), "--lang", "en")
	for _, want := range []string{"Restored the backup of", filepath.Base(gone) + " is not there", filepath.Base(changed) + " is not there"} {
		if code != 1 || !strings.Contains(stdout, want) {
			t.Errorf("exit %d, want 1 and %q\n%s", code, want, stdout)
		}
	}
}

// The check says how old the newest entry of each log is, by which an old copy is known.
func TestCaseS2NewestEntry(t *testing.T) {
	t.Parallel()
	data := world.DemoData(t)
	p := opened(t, data, "")
	world.Must(t, p.Agencies.AddKind(world.AsAdmin(t, p), "Kantor Bersama")) // by the tests' clock
	world.Must(t, p.Regions.Add(t.Context(), region.Region{Code: "18.02", Name: "Kabupaten Contoh", Zone: "Asia/Jakarta"}))
	_, err := p.DB.Exec(t.Context(), `delete from event_heads where region_id = '18.02'`)
	world.Must(t, err)
	_, err = p.DB.Exec(t.Context(), `delete from event_details where region_id = '18.02'`)
	world.Must(t, err)
	_, err = p.DB.Exec(t.Context(), `delete from events where region_id = '18.02'`)
	world.Must(t, err)
	now := testclock.Now().Add(49 * time.Hour)
	p.Clock = func() time.Time { return now }
	r, err := p.Status.Check(t.Context())
	world.Must(t, err)
	if len(r.Newest) != 2 || r.Newest[0].Age.Round(time.Minute) != 49*time.Hour || r.Newest[0].Seq == 0 || r.Newest[1] != (status.NewestEntry{Region: "18.02"}) {
		t.Errorf("newest entries %+v", r.Newest)
	}
	catalog, err := i18n.Load(locales.Files)
	world.Must(t, err)
	for asJSON, want := range map[bool][]string{
		false: {": 2 days old.", "18.02: There is no audit entry yet."},
		true:  {fmt.Sprintf(`"seq": %d`, r.Newest[0].Seq), `"age_seconds": 17640`},
	} {
		var out strings.Builder
		statuscli.Print(t.Context(), catalog, r, statuscli.Options{JSON: asJSON, Lang: "en"}, &out, io.Discard)
		for _, text := range want {
			if !strings.Contains(out.String(), text) {
				t.Errorf("%q is not in\n%s", text, out.String())
			}
		}
	}
}

// What is printed at the start can be opened, wherever the program listens.
func TestCaseC12AddressCanBeOpened(t *testing.T) {
	t.Parallel()
	for _, listen := range []string{"0.0.0.0:0", ":0", "127.0.0.1:0"} {
		p := world.Alone(t)
		ctx, stop := context.WithCancel(t.Context())
		printed, ended := make(chan string, 1), make(chan error, 1)
		go func() {
			ended <- app.Serve(ctx, p, listen, func(address string) error {
				printed <- address
				return nil
			})
		}()
		address := <-printed
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/siap", nil)
		world.Must(t, err)
		answer, err := http.DefaultClient.Do(r)
		world.Must(t, err)
		world.Must(t, answer.Body.Close())
		if answer.StatusCode != http.StatusOK || strings.Contains(address, "[::]") || strings.Contains(address, "0.0.0.0") {
			t.Errorf("%s: %s answers %d", listen, address, answer.StatusCode)
		}
		stop()
		world.Must(t, <-ended)
	}
}

// A backup of an older schema is restored with that schema and then migrated.
func TestCaseS2OlderSchema(t *testing.T) {
	t.Parallel()
	data := world.DemoData(t)
	folder := backedUp(t, data, "")
	m, _, err := backup.Verify(t.Context(), folder)
	world.Must(t, err)
	newer := fstest.MapFS{"9999_more.sql": &fstest.MapFile{Data: []byte("-- +goose Up\nalter table regions add column more bigint not null default 7;\n")}}
	world.Must(t, fs.WalkDir(migrations.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, failed := fs.ReadFile(migrations.Files, name)
			newer[name], err = &fstest.MapFile{Data: text}, failed
		}
		return err
	}))
	source := opened(t, data, "")
	before := rows(t, source)
	withoutAccess(t, source, before)
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		p := world.EmptyOn(t, db)
		world.Must(t, app.Restore(t.Context(), p, folder, m, newer))
		schema, err := db.Schema(t.Context(), newer)
		if err != nil || schema.Have != 9999 || len(schema.Missing) > 0 {
			t.Errorf("schema %+v, %v", schema, err)
		}
		after := rows(t, p)
		withoutAccess(t, p, after)
		for i, row := range before["regions"] {
			before["regions"][i] = strings.TrimSuffix(row, "}") + ", 7}"
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("rows differ:\n%.2000s", diff)
		}
		for i, row := range before["regions"] {
			before["regions"][i] = strings.TrimSuffix(row, ", 7}") + "}"
		}
		if err := app.Restore(t.Context(), p, folder, m, newer); err == nil {
			t.Error("restored over what was there")
		}
	})
}
