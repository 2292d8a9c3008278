package app_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"siida.id/internal/app"
	"siida.id/internal/base/testclock"
	"siida.id/internal/file"
	"siida.id/internal/infra/samplefile"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/test/world"
)

// ownDisks reports whether a test runs in a process that may mount disks, which nobody
// else sees. If not it starts one for it, as root or as the root of a user namespace.
// Where the system allows neither, make test-faults fails; make test has then tried full
// disks by TestCaseS6… alone, and says so.
func ownDisks(t *testing.T) (inside bool) {
	t.Helper()
	attributes := &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if uid, gid := os.Getuid(), os.Getgid(); uid != 0 {
		const sysAdmin = 21 // CAP_SYS_ADMIN, which mounts
		attributes.Cloneflags |= syscall.CLONE_NEWUSER
		attributes.UidMappings = []syscall.SysProcIDMap{{ContainerID: uid, HostID: uid, Size: 1}}
		attributes.GidMappings = []syscall.SysProcIDMap{{ContainerID: gid, HostID: gid, Size: 1}}
		attributes.AmbientCaps = []uintptr{sysAdmin}
	}
	inside, err := alone(t, attributes)
	if inside {
		err = syscall.Mount("none", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, "")
	}
	if err == nil {
		return inside
	}
	forbidden := errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.ENOSYS) || errors.Is(err, syscall.EINVAL)
	if forbidden && world.Rounds(0, 1) == 0 {
		t.Logf("no disks can be mounted here, so that these faults were not tried: %v", err)
	} else {
		t.Errorf("a process that may mount disks: %v", err)
	}
	return false
}

// disk is a small disk of a test.
type disk struct {
	t      *testing.T
	folder string
}

// newDisk mounts a disk of that many megabytes.
func newDisk(t *testing.T, size int) disk {
	t.Helper()
	folder, err := os.MkdirTemp("", "disk-") //nolint:usetesting // PostgreSQL, with a user of its own, looks into no folder of TempDir
	world.Must(t, err)
	world.Must(t, os.Chmod(folder, 0o755))
	world.Must(t, syscall.Mount("tmpfs", folder, "tmpfs", 0, fmt.Sprintf("size=%dm,mode=0777", size)))
	t.Cleanup(func() {
		world.Must(t, syscall.Unmount(folder, syscall.MNT_DETACH))
		world.Must(t, os.Remove(folder))
	})
	return disk{t, folder}
}

func (d disk) filler() string { return filepath.Join(d.folder, "filler") }

// fill leaves no byte free.
func (d disk) fill() {
	d.t.Helper()
	filler, err := os.OpenFile(d.filler(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	world.Must(d.t, err)
	for _, size := range []int{1 << 20, 4 << 10} {
		for block := make([]byte, size); err == nil || size == 1<<20 && !errors.Is(err, syscall.ENOSPC); {
			_, err = filler.Write(block)
		}
		if !errors.Is(err, syscall.ENOSPC) {
			d.t.Fatalf("the disk does not fill: %v", err)
		}
		err = nil
	}
	world.Must(d.t, filler.Close())
}

// clear takes away what fill wrote.
func (d disk) clear() {
	d.t.Helper()
	world.Must(d.t, os.Remove(d.filler()))
}

// opened opens the program of a world, whose database is then closed, on a data folder
// and a database.
func (d disk) opened(w *world.Regions, data, dsn string) *world.Regions {
	d.t.Helper()
	p, err := app.Open(d.t.Context(), slog.New(slog.DiscardHandler), app.Config{Data: data, Database: dsn, MaxFile: 1})
	world.Must(d.t, err)
	d.t.Cleanup(func() { _ = p.Close() })
	p.Clock, p.Files.Inspector, p.Auth.Passwords = testclock.Now, file.Trusting{}, w.Auth.Passwords
	on := *w
	on.Program, on.Files = p, filepath.Join(data, "files")
	return &on
}

// moved moves the database of a world, which it closes, to the disk, and returns where it is then.
func (d disk) moved(w *world.Regions, dsn string) string {
	d.t.Helper()
	world.Must(d.t, w.DB.Close())
	if name, ok := sqldb.FilePath(dsn); ok {
		content, err := os.ReadFile(name)
		world.Must(d.t, err)
		to := filepath.Join(d.folder, "siida.db")
		world.Must(d.t, os.WriteFile(to, content, 0o600))
		return "sqlite:" + to
	}
	space := filepath.Join(d.folder, "space")
	world.Must(d.t, os.Mkdir(space, 0o700))
	if os.Getuid() == 0 {
		postgres, err := user.Lookup("postgres")
		world.Must(d.t, err)
		uid, err := strconv.Atoi(postgres.Uid)
		world.Must(d.t, err)
		world.Must(d.t, os.Chown(space, uid, -1))
	}
	address, err := url.Parse(dsn)
	world.Must(d.t, err)
	name := strings.TrimPrefix(address.Path, "/")
	address.Path = "/postgres"
	admin, err := sql.Open("pgx", address.String())
	world.Must(d.t, err)
	exec := func(statement string) {
		_, err := admin.ExecContext(context.WithoutCancel(d.t.Context()), statement)
		world.Must(d.t, err)
	}
	exec("create tablespace small location '" + space + "'")
	exec("alter database " + name + " set tablespace small")
	d.t.Cleanup(func() { // the disk goes
		exec("drop database " + name + " with (force)")
		exec("drop tablespace small")
		world.Must(d.t, admin.Close())
	})
	return dsn
}

// pages asks for pages, all of which must be shown.
func (l *load) pages() {
	l.t.Helper()
	s, err := l.Site(false)
	world.Must(l.t, err)
	handler := s.Handler()
	own := l.IDs["own"]
	for _, path := range []string{"/", "/inovasi", "/inovasi/" + own.Innovation + "/2026/SID-16", "/bukti/" + own.Document, "/indeks", "/laporan"} {
		if answer := l.Ask(l.t, handler, "admin", http.MethodGet, path, ""); answer.Code != http.StatusOK {
			l.t.Errorf("%s: %d while the disk is full", path, answer.Code)
		}
	}
}

// uploads returns how many files were acknowledged.
func (l *load) uploads() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.files)
}

// endure fills the disk under load, and clears it, several times, and checks that
// nothing that was acknowledged is lost.
func (l *load) endure(d disk) {
	l.t.Helper()
	random := world.Random(l.t)
	l.refuses = true
	stop := l.serve()
	for range world.Rounds(1, 20) {
		l.await("forms are saved", &l.saved, int64(1+random.IntN(20)))
		d.fill()
		l.await("forms are refused", &l.refused, int64(3+random.IntN(10)))
		l.pages()
		d.clear()
		before := l.uploads()
		until(l.t, "files are saved again", func() bool { return l.uploads() >= before+2 || l.t.Failed() })
	}
	stop()
	l.check()
	half, err := os.ReadDir(filepath.Join(l.Files, ".tmp"))
	if err != nil || len(half) > 0 {
		l.t.Errorf("half files are left: %v, %v", half, err)
	}
}

// A disk that is full, of the database or of the files, refuses forms with a sentence and
// shows every page; once there is space everything is saved again. Nothing that was
// acknowledged is lost. A full temporary folder is not noticed.
//
// PostgreSQL's write-ahead log has its place on another disk: when that is full, the
// server stops, as in TestFaultPostgresStopped.
func TestFaultDiskFull(t *testing.T) {
	t.Parallel()
	if !ownDisks(t) {
		return
	}
	t.Run("database", func(t *testing.T) {
		world.EachDSN(t, func(t *testing.T, w *world.Regions, dsn string) {
			d := newDisk(t, 96)
			dsn = d.moved(w, dsn)
			data := t.TempDir()
			world.Must(t, os.CopyFS(filepath.Join(data, "files"), os.DirFS(w.Files)))
			newLoad(t, d.opened(w, data, dsn)).endure(d)
		})
	})
	t.Run("files", func(t *testing.T) {
		world.EachDSN(t, func(t *testing.T, w *world.Regions, dsn string) {
			d := newDisk(t, 64)
			world.Must(t, os.CopyFS(filepath.Join(d.folder, "files"), os.DirFS(w.Files)))
			if _, file := sqldb.FilePath(dsn); file {
				world.Must(t, w.DB.Close())
			}
			newLoad(t, d.opened(w, d.folder, dsn)).endure(d)
		})
	})
	t.Run("temporary folder", func(t *testing.T) {
		world.EachDSN(t, func(t *testing.T, w *world.Regions, dsn string) {
			d := newDisk(t, 1)
			d.fill()
			l := newLoad(t, w)
			l.content = func(subject string) []byte {
				pdf, err := samplefile.PDF("CONTOH", subject, []string{subject})
				world.Must(t, err)
				return pdf
			}
			address, kill := served{DSN: dsn, Files: w.Files, Temp: d.folder, Inspect: true}.start(t)
			work := l.begin(t.Context(), address, "0")
			l.await("forms are saved", &l.saved, int64(world.Rounds(6, 200)))
			until(t, "files are saved", func() bool { return l.uploads() >= 2 || t.Failed() })
			kill()
			work.Wait()
			l.check()
		})
	})
}

// Where a backup or a restore does not fit, nothing is written; a disk that fills
// meanwhile leaves no whole backup, and a restore that is begun anew with space.
func TestFaultDiskFullForBackups(t *testing.T) {
	t.Parallel()
	if !ownDisks(t) {
		return
	}
	data := world.DemoData(t)
	folder := backedUp(t, data, "")
	small := newDisk(t, 2)
	for _, args := range [][]string{
		{"backup", filepath.Join(small.folder, "a"), "--data", data},
		{"restore", folder, "--data", filepath.Join(small.folder, "b")},
		{"restore", folder, "--data", filepath.Join(t.TempDir(), "c"), "--database", "sqlite:" + filepath.Join(small.folder, "siida.db")},
	} {
		code, stdout, stderr := world.Command(t, "", append(args, "--lang", "en")...)
		if code != 2 || stdout != "" || !strings.Contains(stderr, "There is too little space in "+small.folder) || !strings.Contains(stderr, "Nothing was written.") {
			t.Errorf("%v: exit %d\n%s%s", args, code, stdout, stderr)
		}
	}
	p := opened(t, data, "")
	s := *p.Backup
	s.Free = func(string) (int64, error) { return 1 << 40, nil } // others take it meanwhile
	if _, err := s.Write(t.Context(), filepath.Join(small.folder, "d")); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a backup on a disk of 2 MB: %v", err)
	}
	code, _, stderr := world.Command(t, "", "restore", filepath.Join(small.folder, "d"), "--data", t.TempDir(), "--lang", "en")
	if code != 1 || !strings.Contains(stderr, "This backup was interrupted") {
		t.Errorf("restored: exit %d\n%s", code, stderr)
	}
}
