package app_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"siida.id/internal/app"
	"siida.id/internal/infra/seal"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/test/world"
)

// Secrets of second factors that an earlier version has stored in clear are sealed at
// the start; a start with another key says so, and so does siida check.
func TestCaseS13FactorsAreSealedAtTheStart(t *testing.T) {
	const inClear = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
	config := app.Config{Data: world.DemoData(t), MaxFile: 1}
	start := func(do func(p *app.Program)) (told string) {
		var log bytes.Buffer
		p, err := app.Open(t.Context(), slog.New(slog.NewTextHandler(&log, nil)), config)
		world.Must(t, err)
		do(p)
		world.Must(t, p.Close())
		return log.String()
	}
	stored := func(p *app.Program) string {
		secret, err := sqldb.One(t.Context(), p.DB, sqldb.Self[string], `select secret from second_factors`)
		world.Must(t, err)
		return secret
	}
	start(func(p *app.Program) {
		ctx := world.AsAdmin(t, p)
		person, _ := world.PersonNamed(t, p, "sidomulyo")
		world.Must(t, p.Auth.Store.OfferFactor(ctx, person, inClear))
		world.Must(t, p.Auth.Store.ConfirmFactor(ctx, person))
	})
	told := start(func(p *app.Program) {
		if sealed := stored(p); strings.Contains(sealed, inClear) || !strings.HasPrefix(sealed, "v1.") {
			t.Errorf("stored: %q", sealed)
		}
	})
	if strings.Contains(told, "another key") {
		t.Error(told)
	}
	if code, out, err := world.Command(t, "", "check", "--data", config.Data); code != 0 {
		t.Errorf("check: %d\n%s%s", code, out, err)
	}
	config.Key = filepath.Join(t.TempDir(), "other.key")
	if code, _, stderr := world.Command(t, "", "region", "list", "--data", config.Data, "--key-file", config.Key); code != 2 || !strings.Contains(stderr, "there is none in "+config.Key) {
		t.Errorf("without the key: %d\n%s", code, stderr)
	}
	if _, err := os.Stat(config.Key); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("another key was made: %v", err)
	}
	_, err := seal.Create(config.Key, rand.Reader)
	world.Must(t, err)
	if told := start(func(*app.Program) {}); !strings.Contains(told, "need another key") || !strings.Contains(told, config.Key) {
		t.Errorf("with another key: %s", told)
	}
	if code, out, err := world.Command(t, "", "check", "--data", config.Data, "--key-file", config.Key, "--lang", "en"); code != 1 || !strings.Contains(out+err, "1 of 1 second factors cannot be opened") {
		t.Errorf("check with another key: %d\n%s%s", code, out, err)
	}
}
