package app_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"siida.id/internal/app"
	"siida.id/internal/test/world"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/status"
)

// checkup is a program whose database a test may damage.
type checkup struct {
	*app.Program
	t      *testing.T
	folder string
	code   string
}

// eachWorld runs fn with a copy of the two regions on each engine.
func eachWorld(t *testing.T, fn func(c *checkup)) {
	t.Parallel()
	world.Each(t, func(t *testing.T, w *world.Regions) { fn(&checkup{Program: w.Program, t: t, folder: w.Files}) })
}

// found returns the number of findings by "about key", faults with "!".
func (c *checkup) found() map[string]int {
	c.t.Helper()
	r, err := c.Status.Check(c.t.Context())
	world.Must(c.t, err)
	list := map[string]int{}
	for _, f := range r.Findings {
		mark := ""
		if f.Fault {
			mark = "!"
		}
		list[mark+f.About+" "+f.Key]++
	}
	if r.Regions == 0 || r.Entries == 0 && list["!audit status.chain_broken"] == 0 || r.Files == 0 || r.Rows < r.Files {
		c.t.Errorf("looked only at %+v", r)
	}
	return list
}

// exec runs a statement that damages the database; unguarded, with foreign keys
// disabled.
func (c *checkup) exec(unguarded bool, statement func(ctx context.Context) error) {
	c.t.Helper()
	ctx := c.t.Context()
	if !unguarded {
		world.Must(c.t, statement(ctx))
		return
	}
	if c.DB.Engine == sqldb.SQLite {
		_, err := c.DB.Exec(ctx, `pragma foreign_keys = off`)
		world.Must(c.t, err)
		world.Must(c.t, statement(ctx))
		return
	}
	world.Must(c.t, c.DB.InTx(ctx, func(ctx context.Context) error {
		if _, err := c.DB.Exec(ctx, `set local session_replication_role = replica`); err != nil {
			return err
		}
		return statement(ctx)
	}))
}

// region returns the code of a region.
func (c *checkup) region() string {
	c.t.Helper()
	if c.code == "" {
		regions, err := c.Regions.All(c.t.Context())
		world.Must(c.t, err)
		c.code = regions[0].Code
	}
	return c.code
}

// a returns the path of the first file, or the id of its row.
func (c *checkup) a(what string) (file string) {
	c.t.Helper()
	var one struct{ id, sum string }
	list, err := sqldb.List(c.t.Context(), c.DB, func(v *struct{ id, sum string }) []any { return []any{&v.id, &v.sum} }, `select id, sha256 from files order by id limit 1`)
	world.Must(c.t, err)
	one = list[0]
	if what == "id" {
		return one.id
	}
	return filepath.Join(c.folder, c.region(), one.sum[:2], one.sum)
}

// Each kind of damage is found on either engine, and nothing else.
func TestCheckFindsWhatIsBroken(t *testing.T) {
	for _, tt := range []struct {
		name string
		harm func(c *checkup)
		want []string // each at least once
	}{
		{"nothing", func(*checkup) {}, nil},
		{"a file is changed", func(c *checkup) {
			world.Must(c.t, os.Chmod(c.a("file"), 0o600))
			f, err := os.OpenFile(c.a("file"), os.O_WRONLY, 0)
			world.Must(c.t, err)
			_, err = f.WriteAt([]byte("X"), 100)
			world.Must(c.t, err)
			world.Must(c.t, f.Close())
		}, []string{"!files status.file_changed"}},
		{"a file is gone", func(c *checkup) { world.Must(c.t, os.Remove(c.a("file"))) }, []string{"!files status.file_missing"}},
		{"a file cannot be opened, and the next is gone", func(c *checkup) {
			world.Must(c.t, os.Remove(c.a("file")))
			world.Must(c.t, os.Symlink("/", c.a("file")))
			list, err := c.Files.Records.All(actor.With(c.t.Context(), actor.Actor{Region: c.region()}))
			world.Must(c.t, err)
			last := list[len(list)-1].SHA256
			world.Must(c.t, os.Remove(filepath.Join(c.folder, c.region(), last[:2], last)))
		}, []string{"!files status.file_unreadable", "!files status.file_missing"}},
		{"a file of nobody", func(c *checkup) {
			u, err := c.Folder.Receive(c.t.Context(), strings.NewReader("sisa"), 10)
			world.Must(c.t, err)
			world.Must(c.t, u.Commit(c.region()))
		}, []string{"files status.file_alone", "files status.files_alone"}},
		{"a job is parked", func(c *checkup) {
			(&world.Regions{Program: c.Program}).ParkedJob(c.t, c.region(), "index.day", "x")
		}, []string{"!jobs status.job_parked"}},
		{"a row is dropped", func(c *checkup) {
			c.exec(true, func(ctx context.Context) error {
				_, err := c.DB.Exec(ctx, `delete from files where id = $1`, c.a("id"))
				return err
			})
		}, []string{"!database status.dangling", "files status.file_alone", "files status.files_alone"}},
		{"documents are dropped that prove something", func(c *checkup) {
			c.exec(true, func(ctx context.Context) error { _, err := c.DB.Exec(ctx, `delete from documents`); return err })
		}, []string{"!database status.dangling", "!database status.mismatch"}},
		{"a size is another", func(c *checkup) {
			_, err := c.DB.Exec(c.t.Context(), `update files set size = size + 1 where id = $1`, c.a("id"))
			world.Must(c.t, err)
		}, []string{"!files status.file_size"}},
		{"an entry of the log is changed", func(c *checkup) {
			_, err := c.DB.Exec(c.t.Context(), `update event_details set detail = '{}' where seq = (select max(seq) from event_details where detail <> '{}')`)
			world.Must(c.t, err)
		}, []string{"!audit status.chain_broken"}},
		{"the log is cut", func(c *checkup) {
			_, err := c.DB.Exec(c.t.Context(), `delete from event_heads`)
			world.Must(c.t, err)
		}, []string{"!audit status.chain_broken"}},
		{"a summary of answers is another", func(c *checkup) {
			_, err := c.DB.Exec(c.t.Context(), `update answer_summaries set finished = finished + 1 where innovation_id = (select min(innovation_id) from answer_summaries)`)
			world.Must(c.t, err)
		}, []string{"!database status.mismatch"}},
		{"the summaries of answers are gone", func(c *checkup) {
			_, err := c.DB.Exec(c.t.Context(), `delete from answer_summaries`)
			world.Must(c.t, err)
		}, []string{"!database status.mismatch"}},
		{"a pack is another", func(c *checkup) {
			_, err := c.DB.Exec(c.t.Context(), `update periods set pack_sha256 = 'x'`)
			world.Must(c.t, err)
		}, []string{"!packs period.pack_changed"}},
		{"a migration is not known", func(c *checkup) {
			_, err := c.DB.Exec(c.t.Context(), `insert into goose_db_version (version_id, is_applied) values (9999, true)`)
			world.Must(c.t, err)
		}, []string{"!schema status.migration_strange"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			eachWorld(t, func(c *checkup) {
				tt.harm(c)
				found := c.found()
				for _, want := range tt.want {
					if found[want] == 0 {
						c.t.Errorf("found %v, want %s", found, want)
					}
					delete(found, want)
				}
				if len(found) > 0 {
					c.t.Errorf("found %v too", found)
				}
			})
		})
	}
}

// If the schema lacks a migration, the check stops there: tables may be missing.
func TestCheckOfAnOlderSchema(t *testing.T) {
	eachWorld(t, func(c *checkup) {
		_, err := c.DB.Exec(c.t.Context(), `delete from goose_db_version where version_id = 1020`)
		world.Must(c.t, err)
		r, err := c.Status.Check(c.t.Context())
		if err != nil || len(r.Findings) != 1 || r.Findings[0].Key != "status.migration_missing" || r.Findings[0].Subject != "1020" || r.Regions != 0 {
			c.t.Errorf("%+v, %v", r, err)
		}
	})
}

// A database without the tables of jobs has that finding.
func TestCheckWithoutTheTablesOfJobs(t *testing.T) {
	eachWorld(t, func(c *checkup) {
		_, err := c.DB.Exec(c.t.Context(), `drop table river_migration`)
		world.Must(c.t, err)
		r, err := c.Status.Check(c.t.Context())
		if err != nil || len(r.Findings) != 1 || r.Findings[0].Key != "status.jobs_missing" || !r.Faulty() {
			c.t.Errorf("%+v, %v", r, err)
		}
	})
}

func TestCheckCommand(t *testing.T) {
	data := world.DemoData(t)
	p, err := app.Open(t.Context(), slog.New(slog.DiscardHandler), app.Config{Data: data, MaxFile: 1})
	world.Must(t, err)
	c := &checkup{Program: p, t: t, folder: filepath.Join(data, "files")}
	victim := c.a("file")
	world.Must(t, p.Close())
	code, out, stderr := world.Command(t, "", "check", "--data", data)
	if code != 0 || !strings.HasPrefix(out, "Semua baik.") || strings.Count(out, "\n") != 2 || !strings.Contains(out, "\n18.01: Catatan audit terbaru nomor ") {
		t.Errorf("exit %d\n%s%s", code, out, stderr)
	}
	world.Must(t, os.Remove(victim))
	code, out, _ = world.Command(t, "", "check", "--data", data, "--lang", "en")
	if code != 1 || !strings.HasPrefix(out, "FAULT "+c.code+" files files/") || !strings.Contains(out, "is not there") || !strings.Contains(out, "has to be mended") {
		t.Errorf("exit %d\n%s", code, out)
	}
	code, out, _ = world.Command(t, "", "check", "--data", data, "--json")
	var said struct {
		OK       bool
		Findings []struct{ About, Region, Subject, Key, Text string }
	}
	world.Must(t, json.Unmarshal([]byte(out), &said))
	if code != 1 || said.OK || len(said.Findings) == 0 || said.Findings[0].Key != "status.file_missing" || said.Findings[0].Text == "" {
		t.Errorf("exit %d, %+v", code, said)
	}
	if code, _, stderr = world.Command(t, "", "check", "--data", filepath.Join(data, "lain")); code != 1 || !strings.Contains(stderr, "nothing to check") {
		t.Errorf("of a folder that is not there: exit %d, %s", code, stderr)
	}
	if code, _, _ = world.Command(t, "", "check", "--menari"); code != 2 {
		t.Errorf("a flag that is none: exit %d", code)
	}
	if entries, err := os.ReadDir(data); err != nil || len(entries) > 4 {
		t.Errorf("the check left %v, %v", entries, err)
	}
}

// All stored bytes of the demo belong to a file, and every file has its bytes.
func TestEveryFileHasItsBytes(t *testing.T) {
	p := world.Demo(t)
	regions, err := p.Regions.All(t.Context())
	world.Must(t, err)
	ctx := actor.With(t.Context(), actor.Actor{Region: regions[0].Code})
	list, err := p.Files.Records.All(ctx)
	world.Must(t, err)
	want, got := map[string]bool{}, map[string]bool{}
	for _, f := range list {
		want[f.SHA256] = true
	}
	world.Must(t, p.Folder.Walk(ctx, regions[0].Code, func(sha256 string, _ int64) error { got[sha256] = true; return nil }))
	if len(want) == 0 || !maps.Equal(want, got) {
		t.Errorf("%d bytes for %d files", len(got), len(want))
	}
}

// during is status.Storage that does something before each file is opened.
type during struct {
	status.Storage
	do func()
}

// Open implements status.Storage.
func (s during) Open(ctx context.Context, sha256 string) (io.ReadSeekCloser, error) {
	s.do()
	return s.Storage.Open(ctx, sha256)
}

// A file that is swept after the snapshot of the check is no finding.
func TestCheckBesideASweep(t *testing.T) {
	eachWorld(t, func(c *checkup) {
		ctx := actor.With(c.t.Context(), actor.Actor{Region: c.region()})
		f, err := c.Files.Make(ctx, "report", "laporan.pdf", "application/pdf", []byte("%PDF-1.7 unused"))
		world.Must(c.t, err)
		_, err = c.DB.Exec(ctx, `update files set saved_at = '2020-01-02T03:04:05.000Z' where id = $1`, f.ID)
		world.Must(c.t, err)
		c.Status.Storage = during{c.Status.Storage, sync.OnceFunc(func() { world.Must(c.t, c.Files.Sweep(ctx)) })}
		if found := c.found(); len(found) > 0 {
			c.t.Errorf("found %v", found)
		}
		if _, err := c.Files.Records.ByID(ctx, f.ID); fault.KindOf(err) != fault.NotFound {
			c.t.Errorf("the file was not swept: %v", err)
		}
	})
}

// The check of a server in use is complete, and finds no fault in what is saved
// meanwhile.
func TestCaseS5CheckBesideAServerInUse(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		c := &checkup{Program: w.Program, t: t, folder: w.Files}
		var writers sync.WaitGroup
		done := make(chan struct{})
		for place, login := range map[string]string{"own": "operator", "other": "admin"} {
			ctx := world.Acting(t, w.Program, w.Home, login)
			writers.Go(func() {
				for version := int64(1); ; version++ {
					select {
					case <-done:
						return
					default:
					}
					entry := evidence.Entry{Choice: strconv.FormatInt(version%3+1, 10), Version: version}
					if err := w.Evidence.Save(ctx, w.IDs[place].Innovation, "2026", "SID-16", entry, nil); err != nil {
						t.Errorf("%s: saved beside a check: %v", place, err)
						return
					}
				}
			})
		}
		for range 20 {
			if found := c.found(); len(found) > 0 {
				t.Errorf("found %v", found)
				break
			}
		}
		close(done)
		writers.Wait()
	})
}
