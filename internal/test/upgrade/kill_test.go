package upgrade

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"siida.id/internal/app"
	"siida.id/internal/base/testclock"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/test/world"
)

// childOf is the environment variable that has the configuration with which a child
// process starts the program.
const childOf = "SIIDA_TEST_UPGRADE"

func TestMain(m *testing.M) {
	if text := os.Getenv(childOf); text != "" {
		if err := startChild(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// startChild starts the program, which upgrades its database, and then says so.
func startChild(text string) error {
	var c app.Config
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return err
	}
	fmt.Println("begins")
	p, err := app.Open(context.Background(), slog.New(slog.DiscardHandler), c)
	if err != nil {
		return err
	}
	fmt.Println("is upgraded")
	return p.Close()
}

// upgrade starts the program and kills it after a while, if that is not negative. It
// returns how long the upgrade took, and whether it ended.
func upgrade(t *testing.T, c app.Config, while time.Duration) (took time.Duration, ended bool) {
	t.Helper()
	text, err := json.Marshal(c)
	world.Must(t, err)
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childOf+"="+string(text))
	var problem strings.Builder
	cmd.Stderr = &problem
	out, err := cmd.StdoutPipe()
	world.Must(t, err)
	world.Must(t, cmd.Start())
	lines := bufio.NewReader(out)
	_, err = lines.ReadString('\n')
	world.Must(t, err)
	begun := time.Now()
	if while >= 0 {
		time.Sleep(while)
		world.Must(t, cmd.Process.Kill())
	}
	rest, err := io.ReadAll(lines)
	world.Must(t, err)
	took = time.Since(begun)
	ended = string(rest) == "is upgraded\n"
	if err := cmd.Wait(); err != nil && while < 0 || problem.Len() > 0 {
		t.Fatalf("the program did not start: %v\n%s", err, problem.String())
	}
	return took, ended
}

// An upgrade that is killed, also repeatedly, is ended by the next start: the schema is
// that of a new database, nothing is lost, and siida check finds no fault.
func TestFaultUpgradeKilled(t *testing.T) {
	versions, err := filepath.Glob(filepath.Join(testdata, "v*"))
	world.Must(t, err)
	for _, version := range versions {
		dump := string(unpacked(t, filepath.Join(version, postgresFile)))
		file := unpacked(t, filepath.Join(version, sqliteFile))
		for engine, install := range map[string]func(t *testing.T, data string) (dsn string){
			"sqlite": func(t *testing.T, data string) string {
				t.Helper()
				name := filepath.Join(data, "siida.db")
				world.Must(t, os.WriteFile(name, file, 0o600))
				return "sqlite:" + name
			},
			"postgres": func(t *testing.T, _ string) string {
				t.Helper()
				return sqldbtest.RestorePostgres(t, dump)
			},
		} {
			t.Run(filepath.Base(version)+" "+engine, func(t *testing.T) {
				t.Parallel()
				random := world.Random(t)
				begin := func() app.Config {
					data := t.TempDir()
					world.Must(t, os.Symlink(files(t, version), filepath.Join(data, "files")))
					return app.Config{Data: data, Database: install(t, data), MaxFile: 1}
				}
				whole, _ := upgrade(t, begin(), -1)
				killed, midway := 0, 0
				for range world.Rounds(2, 30) {
					c := begin()
					for range 1 + random.IntN(3) {
						_, ended := upgrade(t, c, time.Duration(random.Int64N(int64(whole))))
						killed++
						if !ended {
							midway++
						}
					}
					if _, ended := upgrade(t, c, -1); !ended {
						t.Fatal("the upgrade does not end")
					}
					p, err := app.Open(t.Context(), slog.New(slog.DiscardHandler), c)
					world.Must(t, err)
					p.Clock = testclock.Now
					checkSchema(t, p.DB)
					checkFacts(t, p, version)
					checkPages(t, p)
					if report, err := p.Status.Check(t.Context()); err != nil || report.Faulty() {
						t.Errorf("check: %+v, %v", report.Findings, err)
					}
					world.Must(t, p.Close())
				}
				t.Logf("%d kills, %d of them midway in an upgrade of %v", killed, midway, whole.Round(time.Millisecond))
			})
		}
	}
}
