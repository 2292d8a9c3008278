package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"

	"siida.id/internal/auth/authsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/seal"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/region/regionsql"
	"siida.id/internal/status"
	"siida.id/internal/status/statuscli"
	"siida.id/locales"
	"siida.id/migrations"
)

// engine implements status.Engine by the database.
type engine struct{ *sqldb.DB }

// Describe implements status.Engine.
func (e engine) Describe(ctx context.Context) (status.Database, error) {
	about, err := e.About(ctx)
	if err != nil {
		return status.Database{}, err
	}
	schema, err := e.Schema(ctx, migrations.Files)
	return status.Database{
		Name: about.Name, Size: about.Size, Have: schema.Have, Known: schema.Known, Missing: schema.Missing, Strange: schema.Strange,
	}, err
}

// Dangling implements status.Engine.
func (e engine) Dangling(ctx context.Context) (list []status.Dangling, err error) {
	found, err := e.DB.Dangling(ctx)
	for _, d := range found {
		list = append(list, status.Dangling(d))
	}
	return list, err
}

// storage implements status.Storage by the folder of files.
type storage struct{ fileStore }

// Space implements status.Storage.
func (s storage) Space(context.Context) (status.Space, error) {
	free, total, err := s.folder.Space()
	return status.Space{Free: free, Total: total, MinFree: s.folder.MinFree}, err
}

// Walk implements status.Storage.
func (s storage) Walk(ctx context.Context, fn func(sha256 string, size int64) error) error {
	return s.folder.Walk(ctx, actor.From(ctx).Region, fn)
}

// proxies implements status.Proxies by the configuration and the requests so far.
type proxies struct{ *Program }

// Named implements status.Proxies.
func (p proxies) Named() bool { return len(p.proxies) > 0 }

// Unnamed implements status.Proxies; it is false for a program that does not serve.
func (p proxies) Unnamed() bool { return p.unnamed != nil && p.unnamed.Any() }

// built returns the version of this program, or the commit that it was built from.
func built() status.Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return status.Build{Version: "?"}
	}
	version := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && version == "(devel)" {
			version = s.Value[:min(12, len(s.Value))]
		}
	}
	return status.Build{Version: version, Go: info.GoVersion}
}

type inspectCommand struct {
	Config
	language
	JSON bool `name:"json" help:"As JSON, for programs."`
}

// Run runs the command; kong calls it. It creates nothing and applies no migration,
// since it must report the installation as it is.
func (c *inspectCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	p, catalog, err := c.openExisting(ctx, log)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	report, err := p.Status.Check(ctx)
	if err != nil {
		return err
	}
	return code(statuscli.Print(ctx, catalog, report, statuscli.Options{JSON: c.JSON, Lang: c.Lang}, std.Out, std.Err))
}

// openToRead opens a database without migrating it and without a limit on the
// duration of statements.
func openToRead(ctx context.Context, dsn string) (*sqldb.DB, error) {
	return sqldb.OpenWith(ctx, dsn, sqldb.CommandLimits())
}

// loadKey returns the key in the file at path; one that opens nothing if there is none.
func loadKey(_ context.Context, path string, _ *sqldb.DB) (*seal.Box, error) {
	box, err := seal.Load(path, rand.Reader)
	if errors.Is(err, fs.ErrNotExist) {
		return seal.New(rand.Reader)
	}
	return box, err
}

// makeKey returns the key in the file at path. If there is none it makes one, unless the
// database has secrets that another key opens.
func makeKey(ctx context.Context, path string, db *sqldb.DB) (*seal.Box, error) {
	box, err := seal.Load(path, rand.Reader)
	if !errors.Is(err, fs.ErrNotExist) {
		return box, err
	}
	sealed, err := hasSealed(ctx, db)
	if err != nil {
		return nil, err
	}
	if sealed {
		return nil, sqldb.RefusedError("the database has second factors that only their key opens, and there is none in " + path +
			": put it back, or name it with SIIDA_KEY_FILE; if it is lost, make another one with (umask 077; openssl rand -base64 32 >" + path +
			"), with which everybody who has a second factor signs in by a recovery code or sets it up again")
	}
	return seal.Create(path, rand.Reader)
}

// hasSealed reports whether a region has second factors that a key has sealed.
func hasSealed(ctx context.Context, db *sqldb.DB) (sealed bool, err error) {
	regions, err := (&regionsql.Store{DB: db}).All(ctx)
	if err != nil {
		return false, err
	}
	for _, r := range regions {
		secrets, err := (&authsql.Store{DB: db}).FactorSecrets(region.Within(ctx, r))
		if err != nil {
			return false, err
		}
		for _, secret := range secrets {
			sealed = sealed || seal.Sealed(secret)
		}
	}
	return sealed, nil
}

// openExisting returns the program on an installation that is there, to be read, and the
// texts for what it prints.
func (c Config) openExisting(ctx context.Context, log *slog.Logger) (*Program, *i18n.Catalog, error) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return nil, nil, err
	}
	if err := c.checkRestored(); err != nil {
		return nil, nil, err
	}
	if err := c.checkExists(); err != nil {
		return nil, nil, err
	}
	p, err := assemble(ctx, log, c, openToRead, loadKey)
	return p, catalog, err
}

// checkExists returns an error for a missing folder or file, which opening would
// create.
func (c Config) checkExists() error {
	places := []string{c.Data}
	if path, own := strings.CutPrefix(c.dsn(), "sqlite:"); own {
		places = append(places, path)
	}
	for _, place := range places {
		if _, err := os.Stat(place); err != nil {
			return fmt.Errorf("nothing to check: %w", err)
		}
	}
	return nil
}
