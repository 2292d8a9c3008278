package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/id"
	"siida.id/internal/base/uow"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/index"
	"siida.id/internal/index/indexsql"
	"siida.id/internal/infra/blob"
	"siida.id/internal/infra/otp"
	"siida.id/internal/infra/password"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/notify"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/region"
	"siida.id/internal/region/regionsql"
	"siida.id/internal/regional"
	"siida.id/internal/regional/regionalsql"
	"siida.id/internal/report"
	"siida.id/internal/report/reportsql"
	"siida.id/internal/scoring"
	"siida.id/internal/status"
	"siida.id/migrations"
)

// program is every service on one database and one folder of files.
type program struct {
	log         *slog.Logger
	db          *sqldb.DB
	folder      *blob.Folder
	proxies     []netip.Prefix
	most        int64            // bytes of the largest file
	clock       func() time.Time // what every service goes by, as by the two below; set only before anything is served
	newID       func() string
	salts       io.Reader // of the audit log, and codes of reports
	regions     *region.Service
	accounts    *account.Service
	audit       *audit.Log
	agencies    *agency.Service
	periods     *period.Service
	innovations *innovation.Service
	evidence    *evidence.Service
	regional    *regional.Service
	index       *index.Service
	report      *report.Service
	notify      *notify.Service
	status      *status.Service
}

// open makes the program of a configuration: it migrates the database and
// refuses periods whose pack has changed. Whoever opens it closes it.
func open(ctx context.Context, log *slog.Logger, c Config) (*program, error) {
	p, err := assemble(ctx, log, c, openDatabase)
	if err != nil {
		return nil, err
	}
	if err := p.checkPacks(ctx); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// assemble makes the program on a database that connect opens.
func assemble(ctx context.Context, log *slog.Logger, c Config, connect func(context.Context, string) (*sqldb.DB, error)) (*program, error) {
	proxies, err := c.proxies()
	if err != nil {
		return nil, err
	}
	packs, err := library(c.Packs)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	folder, err := blob.Open(filepath.Join(c.Data, "files"))
	if err != nil {
		return nil, err
	}
	db, err := connect(ctx, c.dsn())
	if err != nil {
		return nil, errors.Join(err, folder.Close())
	}
	p := wire(db, folder, packs, c.most())
	p.log, p.proxies = log, proxies
	return p, nil
}

func (p *program) close() error { return errors.Join(p.db.Close(), p.folder.Close()) }

func openDatabase(ctx context.Context, dsn string) (*sqldb.DB, error) {
	db, err := sqldb.Open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx, migrations.Files); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// wire makes the services, the lower before those that use them.
func wire(db *sqldb.DB, folder *blob.Folder, packs period.Packs, most int64) *program {
	p := &program{db: db, folder: folder, most: most, clock: time.Now, newID: id.New, salts: rand.Reader}
	now, newID := func() time.Time { return p.clock() }, func() string { return p.newID() }
	scorer := &scoring.Compiler{}
	p.audit = &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: newID, Now: now, Random: salts{p}}
	p.regions = &region.Service{Store: &regionsql.Store{DB: db}}
	p.accounts = &account.Service{
		Store: &accountsql.Store{DB: db}, Passwords: password.New(rand.Reader), Log: p.audit, Tx: db,
		Factors: &otp.Factors{Issuer: "SI-IDA", Random: rand.Reader}, NewID: newID, Now: now, Random: rand.Reader,
	}
	shared := uow.Acting{Tx: db, Region: p.regions, Actors: p.accounts}
	exclusive := shared
	exclusive.Exclusive = true
	p.agencies = &agency.Service{Store: &agencysql.Store{DB: db}, Staff: staff{p.accounts}, Log: p.audit, Tx: exclusive, NewID: newID, Now: now}
	p.accounts.Agencies = units{p.agencies}
	p.periods = &period.Service{
		Store: &periodsql.Store{DB: db}, Packs: packs, Agencies: p.agencies, Log: p.audit, Tx: shared, NewID: newID, Now: now,
	}
	p.innovations = &innovation.Service{
		Store: &innovationsql.Store{DB: db}, Agencies: p.agencies, Periods: p.periods, Files: files{folder, most}, Log: p.audit, Tx: shared,
		NewID: newID, Now: now,
	}
	p.agencies.Holdings = holdings{p.innovations}
	p.evidence = &evidence.Service{
		Store: &evidencesql.Store{DB: db}, Innovations: p.innovations, Periods: p.periods, Scorer: scorer,
		Files: files{folder, most}, Posts: p.accounts, Gate: p.periods, Log: p.audit, Tx: shared, NewID: newID, Now: now,
	}
	p.regional = &regional.Service{
		Store: &regionalsql.Store{DB: db}, Periods: p.periods, Scorer: scorer, Files: files{folder, most},
		Log: p.audit, Tx: shared, NewID: newID, Now: now,
	}
	p.notify = &notify.Service{Innovations: p.innovations, Evidence: p.evidence, Periods: p.periods, Agencies: p.agencies, Regional: p.regional}
	p.index = &index.Service{Store: &indexsql.Store{DB: db}, Periods: p.periods, Scorer: scorer, Log: p.audit, Tx: shared, Now: now}
	p.periods.Closing = p.index
	p.report = &report.Service{
		Index: p.index, Periods: p.periods, Store: &reportsql.Store{DB: db}, Vault: vault{folder}, Log: p.audit, Tx: shared,
		Random: salts{p}, NewID: newID, Now: now,
	}
	p.status = &status.Service{
		Regions: p.regions, Periods: p.periods, Audit: p.audit, Engine: engine{db}, Storage: storage{folder}, Files: files{folder, most},
		Listers: listers(db), Derived: &evidencesql.Store{DB: db}, Build: built(), Started: time.Now(), Now: now,
	}
	return p
}

// salts reads what the program throws for: salts of its audit log, codes of reports.
type salts struct{ *program }

// Read implements io.Reader.
func (s salts) Read(b []byte) (int, error) { return s.salts.Read(b) }

// checkPacks refuses to go on with a period whose pack is gone or has changed.
func (p *program) checkPacks(ctx context.Context) error {
	regions, err := p.regions.All(ctx)
	if err != nil {
		return err
	}
	for _, r := range regions {
		if err := p.periods.Check(within(ctx, r)); err != nil {
			return err
		}
	}
	return nil
}

// within is a context for the program's own work in a region, as nobody.
func within(ctx context.Context, r region.Region) context.Context {
	return actor.With(ctx, actor.Actor{Region: r.Code})
}
