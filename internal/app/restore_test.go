package app_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/auth"
	"siida.id/internal/backup"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// rewritten changes the manifest of a backup as the program that wrote it would have.
func rewritten(t *testing.T, folder string, change func(m *backup.Manifest)) {
	t.Helper()
	name := filepath.Join(folder, "manifest.json")
	text, err := os.ReadFile(name)
	world.Must(t, err)
	var m backup.Manifest
	world.Must(t, json.Unmarshal(text, &m))
	change(&m)
	m.SHA256 = ""
	text, err = json.MarshalIndent(m, "", "  ")
	world.Must(t, err)
	sum := sha256.Sum256(text)
	m.SHA256 = hex.EncodeToString(sum[:])
	text, err = json.MarshalIndent(m, "", "  ")
	world.Must(t, err)
	world.Must(t, os.WriteFile(name, append(text, '\n'), 0o600))
}

// A restore that was interrupted is begun anew by the same command, wherever it had got
// to; until then the folder is not served, checked or backed up.
func TestCaseS2InterruptedRestore(t *testing.T) {
	t.Parallel()
	folder := backedUp(t, world.DemoData(t), "")
	m, _, err := backup.Verify(t.Context(), folder)
	world.Must(t, err)
	other := t.TempDir()
	world.Must(t, os.CopyFS(other, os.DirFS(folder)))
	rewritten(t, other, func(m *backup.Manifest) { m.Program = "another" })
	want := content(t, filepath.Join(restored(t, folder, "", nil), "files"))
	begun := func(t *testing.T, data string) {
		t.Helper()
		world.Must(t, os.WriteFile(filepath.Join(data, "siida.restoring"), fmt.Appendf(nil, `{"backup":%q}`, m.SHA256), 0o600))
	}
	for name, interrupted := range map[string]func(t *testing.T) (data string){
		"before the first file": func(t *testing.T) string { return t.TempDir() },
		"within the files": func(t *testing.T) string {
			data, n := t.TempDir(), 0
			for name, text := range want {
				if n++; n%2 == 0 {
					text = text[:len(text)/2] // by a loss of power
				}
				world.Must(t, os.MkdirAll(filepath.Dir(filepath.Join(data, "files", name)), 0o700))
				world.Must(t, os.WriteFile(filepath.Join(data, "files", name), []byte(text), 0o600))
			}
			return data
		},
		"before the rows": func(t *testing.T) string {
			data := restored(t, folder, "", nil)
			world.Must(t, os.Remove(filepath.Join(data, "siida.db")))
			return data
		},
		"after the rows": func(t *testing.T) string { return restored(t, folder, "", nil) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := interrupted(t)
			begun(t, data)
			for _, args := range [][]string{{"serve"}, {"check"}, {"backup", filepath.Join(t.TempDir(), "x")}, {"region", "list"}} {
				code, stdout, stderr := world.Command(t, "", append(args, "--data", data)...)
				if code != 2 || stdout != "" || !strings.Contains(stderr, "run siida restore with the same backup again") {
					t.Errorf("%v: exit %d\n%s%s", args, code, stdout, stderr)
				}
			}
			code, stdout, stderr := world.Command(t, "", "restore", folder, "--data", data, "--lang", "en")
			if code != 0 || !strings.Contains(stdout, "All is well.") || !strings.Contains(stdout, "Everybody has to sign in again.") {
				t.Errorf("restored again: exit %d\n%s%s", code, stdout, stderr)
			}
			if diff := cmp.Diff(want, content(t, filepath.Join(data, "files"))); diff != "" {
				t.Error("files differ:\n" + diff)
			}
			if code, _, stderr := world.Command(t, "", "check", "--data", data, "--lang", "en"); code != 0 {
				t.Errorf("check: exit %d\n%s", code, stderr)
			}
		})
	}
	for name, tt := range map[string]struct{ folder, database, want string }{
		"another backup": {other, "", "A restore of another backup"},
		"other rows":     {folder, "sqlite:" + filepath.Join(world.DemoData(t), "siida.db"), "has rows already"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := restored(t, folder, "", nil)
			begun(t, data)
			if tt.database != "" {
				db, err := sqldb.Open(t.Context(), tt.database)
				world.Must(t, err)
				_, err = db.Exec(t.Context(), `update event_heads set hash = 'other'`)
				world.Must(t, err)
				world.Must(t, db.Close())
			}
			before := content(t, data)
			code, _, stderr := world.Command(t, "", "restore", tt.folder, "--data", data, "--database", tt.database, "--lang", "en")
			if code != 2 || !strings.Contains(stderr, tt.want) {
				t.Errorf("exit %d\n%s", code, stderr)
			}
			if diff := cmp.Diff(before, content(t, data)); diff != "" {
				t.Error("something was changed")
			}
		})
	}
}

// A restore that fails says that it can be run again, and then can.
func TestCaseS2RestoreFails(t *testing.T) {
	t.Parallel()
	folder := backedUp(t, world.DemoData(t), "")
	rewritten(t, folder, func(m *backup.Manifest) { m.Logs[0].Seq++ })
	data := t.TempDir()
	for range 2 {
		code, _, stderr := world.Command(t, "", "restore", folder, "--data", data, "--lang", "en")
		if code != 1 || !strings.Contains(stderr, "Run the same command again") || !strings.Contains(stderr, "the audit logs end at") {
			t.Fatalf("exit %d\n%s", code, stderr)
		}
	}
	rewritten(t, folder, func(m *backup.Manifest) { m.Logs[0].Seq-- })
	if code, _, stderr := world.Command(t, "", "restore", folder, "--data", data, "--lang", "en"); code != 2 || !strings.Contains(stderr, "another backup") {
		t.Fatalf("exit %d\n%s", code, stderr)
	}
}

// A backup of a newer schema is refused before anything is made.
func TestCaseS2NewerSchema(t *testing.T) {
	t.Parallel()
	folder := backedUp(t, world.DemoData(t), "")
	rewritten(t, folder, func(m *backup.Manifest) { m.Schema, m.Program = 9999, "v9.0" })
	data := filepath.Join(t.TempDir(), "data")
	code, stdout, stderr := world.Command(t, "", "restore", folder, "--data", data, "--lang", "en")
	if code != 2 || stdout != "" || !strings.Contains(stderr, "made by a newer program (v9.0)") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	if _, err := os.Stat(data); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was made: %v", err)
	}
}

// A backup that would not fit is refused before its folder is made. Folders of files
// without any are no files that are in the way of a restore.
func TestCaseS2Space(t *testing.T) {
	t.Parallel()
	p := world.Demo(t)
	s := *p.Backup
	s.Free = func(string) (int64, error) { return 100_000, nil }
	folder := filepath.Join(t.TempDir(), "a", "b")
	if _, err := s.Write(t.Context(), folder); fault.KindOf(err) != fault.Full || fault.KeyOf(err) != "backup.no_room" {
		t.Errorf("written: %v", err)
	}
	if _, err := os.Stat(filepath.Dir(folder)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
	s.Free = func(string) (int64, error) { return 0, errors.ErrUnsupported }
	m, err := s.Write(t.Context(), folder)
	world.Must(t, err)
	size, err := s.Store.Size(t.Context())
	world.Must(t, err)
	if _, rows := m.Space(); rows > size {
		t.Errorf("the rows take %d bytes, and %d were asked for", rows, size)
	}
	data := t.TempDir()
	for _, empty := range []string{".tmp", "18.01/ab"} {
		world.Must(t, os.MkdirAll(filepath.Join(data, "files", empty), 0o700))
	}
	world.Must(t, os.WriteFile(filepath.Join(data, "files", ".tmp", "arriving"), nil, 0o600))
	if code, _, stderr := world.Command(t, "", "restore", folder, "--data", data); code != 0 {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

// Into a folder that others may look into, the database is restored for its owner alone.
func TestCaseS14RestoredFilesArePrivate(t *testing.T) {
	t.Parallel()
	folder := backedUp(t, world.DemoData(t), "")
	data := t.TempDir()
	world.Must(t, os.Chmod(data, 0o755))
	if code, _, stderr := world.Command(t, "", "restore", folder, "--data", data); code != 0 {
		t.Fatalf("exit %d\n%s", code, stderr)
	}
	ownersAlone(t, data)
}

// What a restore brings back lets nobody in: no session, no link, no one-time code. A
// password does.
func TestCaseS2RestoredAccess(t *testing.T) {
	t.Parallel()
	data := world.DemoData(t)
	p := opened(t, data, "")
	here := region.Within(t.Context(), world.OnlyRegion(t, p))
	session := world.Session(t, p, "dishub", world.DemoPassword(t))
	admin := world.AsAdmin(t, p)
	person, _ := world.PersonNamed(t, p, "pendamping")
	issued, err := p.Accounts.IssueCode(admin, person)
	world.Must(t, err)
	folder := backedUp(t, data, "")
	p = opened(t, restored(t, folder, "", nil), "")
	if _, err := p.Auth.Resume(here, session); fault.KindOf(err) != fault.Unknown {
		t.Errorf("a session of the backup: %v", err)
	}
	client := auth.ClientInfo{Address: "192.0.2.9"}
	if _, err := p.Auth.SignIn(here, "pendamping", issued.Text, client); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Key != "auth.code_old" {
		t.Errorf("a code of the backup: %v", err)
	}
	if _, err := p.Auth.SignIn(here, "dishub", world.DemoPassword(t), client); err != nil {
		t.Errorf("a password of the backup: %v", err)
	}
}

// A table that refers to itself is restored with each row behind those that it refers
// to, also where these come later by its key, and where rows refer to one another.
func TestCaseS2TablesThatReferToThemselves(t *testing.T) {
	t.Parallel()
	const table = `create table tree (region_id text not null, id bigint not null, up bigint, peer bigint, primary key (region_id, id),
		foreign key (region_id, up) references tree (region_id, id), foreign key (region_id, peer) references tree (region_id, id))`
	const n = 1000
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		p := world.EmptyOn(t, db)
		_, err := db.Exec(t.Context(), table)
		world.Must(t, err)
		for i := n; i > 0; i-- { // each under the one behind it
			up := sqldb.Optional(i + 1)
			if i == n {
				up = nil
			}
			_, err := db.Exec(t.Context(), `insert into tree (region_id, id, up, peer) values ($1, $2, $3, $2)`, "18.01", i, up)
			world.Must(t, err)
		}
		folder := t.TempDir()
		m, err := p.Backup.Write(t.Context(), folder)
		world.Must(t, err)
		want := rows(t, p)["tree"]
		sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
			p := world.EmptyOn(t, db)
			_, err := db.Exec(t.Context(), table)
			world.Must(t, err)
			world.Must(t, p.Backup.RestoreRows(context.WithoutCancel(t.Context()), folder, m))
			if diff := cmp.Diff(want, rows(t, p)["tree"]); diff != "" || len(want) != n {
				t.Errorf("%d rows, which differ:\n%.2000s", len(want), diff)
			}
		})
	})
}
