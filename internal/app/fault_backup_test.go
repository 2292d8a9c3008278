package app_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/backup"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/test/world"
)

// witness reads in the snapshot of a backup too.
type witness struct {
	backup.Store
	read func(ctx context.Context) error
}

// Snapshot implements backup.Store.
func (s witness) Snapshot(ctx context.Context, fn func(ctx context.Context) error) error {
	return s.Store.Snapshot(ctx, func(ctx context.Context) error {
		if err := fn(ctx); err != nil {
			return err
		}
		return s.read(ctx)
	})
}

// writing is writers who together write some hundred times a second if the
// machine can, every fifth time a file.
type writing struct {
	mu    sync.Mutex
	kinds []string // what was acknowledged
	files []string // their SHA-256
}

const (
	writers    = 8
	writeEvery = 50 * time.Millisecond
)

// begin begins to write until stop is called, which returns how many writes a second were
// acknowledged.
func (a *writing) begin(t *testing.T, w *world.Regions) (stop func() float64) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	admin := world.Acting(t, w.Program, w.Home, "admin")
	begun := time.Now()
	var group sync.WaitGroup
	for n := range writers {
		group.Go(func() {
			turn := time.NewTicker(writeEvery)
			defer turn.Stop()
			for i := 0; ctx.Err() == nil && !t.Failed(); i++ {
				<-turn.C
				name := fmt.Sprintf("Jenis %d nomor %d", n, i)
				if err := a.write(w, admin, name, (i+n)%5 == 0); err != nil && fault.KindOf(err) != fault.Busy {
					t.Error(err)
				}
			}
		})
	}
	return func() float64 {
		cancel()
		group.Wait()
		kinds, files := a.acknowledged()
		return float64(len(kinds)+len(files)) / time.Since(begun).Seconds()
	}
}

// write writes a kind of agencies, or a file.
func (a *writing) write(w *world.Regions, admin context.Context, name string, file bool) error {
	if file {
		made, err := w.Program.Files.Make(admin, "test", "a.txt", "text/plain", []byte(name))
		if err == nil {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.files = append(a.files, made.SHA256)
		}
		return err
	}
	err := w.Agencies.AddKind(admin, name)
	if err == nil {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.kinds = append(a.kinds, name)
	}
	return err
}

// acknowledged returns what has been acknowledged so far.
func (a *writing) acknowledged() (kinds, files []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]string(nil), a.kinds...), append([]string(nil), a.files...)
}

// A backup that is made under a hundred writes a second has everything that was
// acknowledged before it began, and restored, also on the other engine and back, is equal
// to its snapshot row by row and byte by byte.
func TestFaultBackupUnderWrites(t *testing.T) {
	t.Parallel()
	world.EachDSN(t, func(t *testing.T, w *world.Regions, _ string) {
		var a writing
		stop := a.begin(t, w)
		type made struct {
			folder       string
			rows         map[string][]string
			kinds, files []string
		}
		var list []made
		for range world.Rounds(1, 10) {
			until(t, "more is written", func() bool {
				kinds, files := a.acknowledged()
				return len(kinds) > 20*len(list)+20 && len(files) > 5*len(list)+5 || t.Failed()
			})
			one := made{folder: filepath.Join(t.TempDir(), "cadangan")}
			one.kinds, one.files = a.acknowledged()
			s := *w.Backup
			s.Store = witness{s.Store, func(ctx context.Context) (err error) {
				one.rows, err = rowsIn(ctx, w.Program)
				return err
			}}
			m, err := s.Write(t.Context(), one.folder)
			if err != nil || len(m.Damaged) > 0 {
				t.Fatal(m.Damaged, err)
			}
			list = append(list, one)
		}
		t.Logf("%.0f writes a second", stop())
		all := content(t, w.Files)
		var size int
		for _, one := range list {
			kinds := strings.Join(one.rows["agency_kinds"], "\n")
			for _, name := range one.kinds {
				if !strings.Contains(kinds, fmt.Sprintf("%q", name)) {
					t.Errorf("%s was acknowledged before the backup, and is not in it", name)
				}
			}
			without(one.rows)
			size += len(one.rows["events"])
			dsns := []string{sqldbtest.NewPostgres(t, ""), ""}
			if w.DB.Engine == sqldb.Postgres {
				dsns = []string{"", sqldbtest.NewPostgres(t, "")}
			}
			folder := one.folder
			for _, dsn := range dsns {
				data := restored(t, folder, dsn, nil)
				p := opened(t, data, dsn)
				got := rows(t, p)
				without(got)
				if diff := cmp.Diff(one.rows, got); diff != "" {
					t.Errorf("on %s rows differ from the snapshot:\n%.2000s", p.DB.Engine, diff)
				}
				files := content(t, filepath.Join(data, "files"))
				for name, text := range files {
					if all[name] != text {
						t.Errorf("on %s file %s differs", p.DB.Engine, name)
					}
				}
				for _, sha256 := range one.files {
					if _, ok := files[filepath.Join(w.Home.Code, sha256[:2], sha256)]; !ok {
						t.Errorf("file %s was acknowledged before the backup, and is not in it", sha256)
					}
				}
				folder = backedUp(t, data, dsn)
				world.Must(t, p.Close())
			}
		}
		t.Logf("%d backups with %d log entries in all, each restored on both engines", len(list), size)
	})
}

// without takes out of rows what a restore ends.
func without(rows map[string][]string) {
	for _, table := range []string{"sessions", "devices", "setup_links"} {
		delete(rows, table)
	}
}

// A restore that is killed, also repeatedly, is begun anew by the same command, and
// restores everything.
func TestFaultRestoreKilled(t *testing.T) {
	t.Parallel()
	data := world.DemoData(t)
	source := opened(t, data, "")
	want := rows(t, source)
	withoutAccess(t, source, want)
	wantFiles := content(t, filepath.Join(data, "files"))
	folder := backedUp(t, data, "")
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		random := world.Random(t)
		postgres := db.Engine == sqldb.Postgres
		fresh := func() (args []string, data, dsn string) {
			data = filepath.Join(t.TempDir(), "data")
			if postgres {
				dsn = sqldbtest.NewPostgres(t, "")
			}
			return []string{"restore", folder, "--data", data, "--database", dsn, "--lang", "en"}, data, dsn
		}
		begin := func(args []string) *exec.Cmd {
			cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
			world.Must(t, cmd.Start())
			return cmd
		}
		args, _, _ := fresh()
		begun := time.Now()
		world.Must(t, begin(args).Wait())
		whole := time.Since(begun)
		kills, ended := 0, 0
		for range world.Rounds(2, 30) {
			args, data, dsn := fresh()
			for range 1 + random.IntN(3) {
				cmd := begin(args)
				time.Sleep(time.Duration(random.Int64N(int64(whole))))
				world.Must(t, cmd.Process.Kill())
				_ = cmd.Wait()
				if cmd.ProcessState.Success() { // the kill came too late
					ended++
					break
				}
				kills++
			}
			// Killed in the check that follows a restore, it has ended.
			if code, _, _ := world.Command(t, "", "check", "--data", data, "--database", dsn); code != 0 {
				if code, stdout, stderr := world.Command(t, "", args...); code != 0 {
					t.Fatalf("restored again: exit %d\n%s%s", code, stdout, stderr)
				}
			}
			p := opened(t, data, dsn)
			got := rows(t, p)
			withoutAccess(t, p, got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("rows differ:\n%.2000s", diff)
			}
			if diff := cmp.Diff(wantFiles, content(t, filepath.Join(data, "files"))); diff != "" {
				t.Error("files differ")
			}
			world.Must(t, p.Close())
		}
		t.Logf("%d kills in restores of %v; %d had ended before", kills, whole.Round(time.Millisecond), ended)
	})
}
