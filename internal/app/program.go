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
	"sync"
	"time"

	"siida.id/internal/accesslog"
	"siida.id/internal/accesslog/accesslogsql"
	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/auth"
	"siida.id/internal/auth/authsql"
	"siida.id/internal/backup"
	"siida.id/internal/backup/backupsql"
	"siida.id/internal/base/background"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/base/reference"
	"siida.id/internal/base/uow"
	"siida.id/internal/board"
	"siida.id/internal/board/boardsql"
	"siida.id/internal/creation"
	"siida.id/internal/creation/creationsql"
	"siida.id/internal/decree"
	"siida.id/internal/decree/decreesql"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/file"
	"siida.id/internal/file/filesql"
	"siida.id/internal/guidance"
	"siida.id/internal/guidance/guidancesql"
	"siida.id/internal/index"
	"siida.id/internal/index/indexsql"
	"siida.id/internal/infra/blob"
	"siida.id/internal/infra/diskspace"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/imagefile"
	"siida.id/internal/infra/job"
	"siida.id/internal/infra/metrics"
	"siida.id/internal/infra/otp"
	"siida.id/internal/infra/password"
	"siida.id/internal/infra/seal"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/instrument"
	"siida.id/internal/notify"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/region"
	"siida.id/internal/region/regionsql"
	"siida.id/internal/regional"
	"siida.id/internal/regional/regionalsql"
	"siida.id/internal/registry"
	"siida.id/internal/registry/registrysql"
	"siida.id/internal/report"
	"siida.id/internal/report/reportsql"
	"siida.id/internal/scoring"
	"siida.id/internal/site"
	"siida.id/internal/status"
	"siida.id/migrations"
)

// Program has every service on one database and one folder of files.
type Program struct {
	site.Services
	Audit   *audit.Log
	Backup  *backup.Service
	Files   *file.Service
	DB      *sqldb.DB
	Folder  *blob.Folder
	Jobs    *job.Queue
	Metrics *metrics.Metrics
	Clock   func() time.Time // the clock of every service; set it only before serving

	newID   func() string
	salts   io.Reader // random bytes for salts of the audit log and codes of reports
	log     *slog.Logger
	proxies []netip.Prefix
	unnamed *httpx.UnnamedProxies

	securityContact string

	shutdownTimeout time.Duration // for requests in progress when the program is stopped
	maxBytes        int64         // of the largest file
}

// Open opens the program of a configuration: it migrates the database and logs the
// regions with a period whose pack has changed. The caller must close it.
func Open(ctx context.Context, log *slog.Logger, c Config) (*Program, error) {
	if err := c.checkRestored(); err != nil {
		return nil, err
	}
	connect := func(ctx context.Context, dsn string) (*sqldb.DB, error) { return openReserved(ctx, log, dsn) }
	p, err := assemble(ctx, log, c, connect, makeKey)
	if err != nil {
		return nil, err
	}
	for _, name := range c.readByOthers() {
		log.WarnContext(ctx, "others on this machine may look into this; take it from them with chmod go-rwx", slog.String("path", name))
	}
	if err := p.sealFactors(ctx, c.keyFile()); err != nil { // a full disk must not prevent the start
		log.ErrorContext(ctx, "second factors could not be sealed; start again for it", slog.Any("error", err))
	}
	if err := p.RefreshOldSummaries(ctx); err != nil {
		log.ErrorContext(ctx, "summaries of an earlier version could not be refreshed; start again for it", slog.Any("error", err))
	}
	if err := p.checkPacks(ctx); err != nil {
		log.ErrorContext(ctx, "a region cannot be served whole", slog.Any("error", err))
	}
	return p, nil
}

// assemble returns the program on a database that connect opens, with a key for the
// secrets that it has.
func assemble(
	ctx context.Context, log *slog.Logger, c Config, connect func(context.Context, string) (*sqldb.DB, error),
	key func(ctx context.Context, path string, db *sqldb.DB) (*seal.Box, error),
) (*Program, error) {
	named, err := c.proxies()
	if err != nil {
		return nil, err
	}
	contact, err := c.securityContact()
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
	folder.MinFree = c.MinFree << 20
	box, err := key(ctx, c.keyFile(), db)
	if err != nil {
		return nil, errors.Join(err, db.Close(), folder.Close())
	}
	p, err := wire(log, db, folder, packs, c.maxBytes(), box)
	if err != nil {
		return nil, errors.Join(err, db.Close(), folder.Close())
	}
	p.proxies, p.securityContact = named, contact
	p.unnamed = httpx.NewUnnamedProxies(log, func() time.Time { return p.Clock() })
	return p, nil
}

// embedded is the library of embedded packs, read once per process.
var embedded = sync.OnceValues(instrument.Embedded)

// On returns the program on an open database and folder of files, with the embedded
// packs, files of at most maxFile bytes, all of which it takes to be ones that open, and
// a key of its own for secrets.
func On(log *slog.Logger, db *sqldb.DB, folder *blob.Folder, maxFile int64) (*Program, error) {
	packs, err := embedded()
	if err != nil {
		return nil, err
	}
	box, err := seal.New(rand.Reader)
	if err != nil {
		return nil, err
	}
	p, err := wire(log, db, folder, packs, maxFile, box)
	if err != nil {
		return nil, err
	}
	p.Files.Inspector = file.Trusting{}
	return p, nil
}

// Flush writes the queued notes; a serving program does so in the background.
func (p *Program) Flush(ctx context.Context) error {
	return errors.Join(p.Auth.Uses.Flush(ctx), p.Auth.Endings.Flush(ctx), p.Evidence.Pending.Flush(ctx), p.AccessLog.Pending.Flush(ctx), p.AccessLog.Strangers.Flush(ctx))
}

// Close closes the database and the folder.
func (p *Program) Close() error { return errors.Join(p.DB.Close(), p.Folder.Close()) }

func openDatabase(ctx context.Context, dsn string) (*sqldb.DB, error) {
	db, err := sqldb.Open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx, migrations.Files, job.Migrate); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// openReserved is openDatabase with a reserve file beside an SQLite database, which
// it releases if the disk is too full to start.
func openReserved(ctx context.Context, log *slog.Logger, dsn string) (*sqldb.DB, error) {
	path, ok := sqldb.FilePath(dsn)
	if !ok {
		return openDatabase(ctx, dsn)
	}
	reserve := diskspace.NewReserve(path+"-reserve", log, time.Now)
	db, err := openDatabase(ctx, dsn)
	if fault.KindOf(err) == fault.Full {
		reserve.Release()
		db, err = openDatabase(ctx, dsn)
	}
	if err != nil {
		return nil, err
	}
	reserve.Restore() // if it fails it logs that, and every write tries again
	db.SetReserve(reserve)
	return db, nil
}

// wire creates the services, lower ranks first.
func wire(log *slog.Logger, db *sqldb.DB, folder *blob.Folder, packs period.Packs, maxBytes int64, box *seal.Box) (p *Program, err error) {
	p = &Program{DB: db, Folder: folder, log: log, maxBytes: maxBytes, Clock: time.Now, shutdownTimeout: shutdownTimeout, Metrics: metrics.New(), newID: id.New, salts: rand.Reader}
	now, newID := func() time.Time { return p.Clock() }, func() string { return p.newID() }
	p.Metrics.WatchDatabase(db)
	scorer := &scoring.Compiler{}
	p.Audit = &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: newID, Now: now, Random: salts{p}}
	p.Regions = &region.Service{Store: &regionsql.Store{DB: db}, Log: p.Audit, Tx: db}
	p.Files = &file.Service{
		Records: &filesql.Records{DB: db}, Store: fileStore{folder}, Types: fileTypes{}, Region: p.Regions, Tx: db, Log: log, MaxSize: maxBytes,
		NewID: newID, Now: now,
	}
	reserved := sqldb.Reserved{DB: db}
	p.Accounts = &account.Service{Store: &accountsql.Store{DB: db}, Log: p.Audit, NewID: newID, Now: now}
	p.Auth = &auth.Service{
		Store: &authsql.Store{DB: db}, Accounts: p.Accounts, Passwords: password.New(rand.Reader), Log: p.Audit, Tx: reserved,
		Factors: &otp.Factors{Issuer: "SI-IDA", Random: rand.Reader, Box: box, Sealed: auth.ErrSealed}, NewID: newID, Now: now, Random: rand.Reader,
		Observe: func(result auth.SignInResult) { p.Metrics.SignInEnded(string(result)) },
	}
	p.Auth.Uses = auth.NewSessionUses(p.Auth.Store, db)
	p.Accounts.Access = auth.Access{Service: p.Auth}
	p.Regions.Days = p.Accounts
	p.Auth.Endings = auth.NewSessionEndings(p.Auth.Store, p.Audit, reserved)
	p.Changes = p.Audit
	p.Creations = &creation.Service{Store: &creationsql.Store{DB: db}, Now: now}
	shared := uow.ActorTransactor{Tx: db, Region: p.Regions, Actors: p.Auth, Creations: p.Creations}
	exclusive := shared
	exclusive.Exclusive = true
	p.Accounts.Exclusive, p.Auth.Exclusive = exclusive, exclusive
	p.Accounts.Tx = uow.ActorTransactor{Tx: reserved, Region: p.Regions, Actors: p.Auth, Creations: p.Creations}
	p.Agencies = &agency.Service{Store: &agencysql.Store{DB: db}, Staff: staff{p.Accounts}, Log: p.Audit, Tx: exclusive, NewID: newID, Now: now}
	p.Accounts.Agencies = units{p.Agencies}
	p.Periods = &period.Service{
		Store: &periodsql.Store{DB: db}, Packs: packs, Agencies: p.Agencies, Log: p.Audit, Tx: shared, NewID: newID, Now: now,
	}
	p.Decrees = &decree.Service{
		Store: &decreesql.Store{DB: db}, Files: p.Files, Log: p.Audit, Tx: shared, NewID: newID, Now: now,
	}
	p.Innovations = &innovation.Service{
		Store: &innovationsql.Store{DB: db}, Agencies: p.Agencies, Periods: p.Periods, Decrees: p.Decrees, Files: p.Files,
		Log: p.Audit, Tx: shared, NewID: newID, Now: now,
	}
	p.Periods.Innovations = p.Innovations
	p.Decrees.Innovations = innovation.ForDecrees{Service: p.Innovations}
	p.Agencies.Holdings = holdings{p.Innovations}
	p.Guidance = &guidance.Service{
		Store: &guidancesql.Store{DB: db}, Periods: p.Periods, Files: p.Files, Log: p.Audit, Tx: shared, Now: now,
	}
	p.Evidence = &evidence.Service{
		Store: &evidencesql.Store{DB: db}, Innovations: p.Innovations, Periods: p.Periods, Scorer: scorer,
		Pending: evidence.NewPendingAccess(&evidencesql.Store{DB: db}, db),
		Files:   p.Files, Posts: p.Accounts, Log: p.Audit, Trail: p.Audit, Tx: shared, NewID: newID, Now: now,
	}
	p.Innovations.Endorsements = p.Evidence.Store
	p.Registry = &registry.Service{Store: &registrysql.Store{DB: db}, Agencies: p.Agencies.Store, Periods: p.Periods, Now: now}
	p.Regional = &regional.Service{
		Store: &regionalsql.Store{DB: db}, Periods: p.Periods, Scorer: scorer, Files: p.Files,
		Log: p.Audit, Tx: shared, NewID: newID, Now: now,
	}
	p.Agencies.References = []reference.Agencies{
		period.References{Service: p.Periods}, innovation.References{Service: p.Innovations}, regional.References{Service: p.Regional},
	}
	p.Accounts.References = []reference.People{regional.References{Service: p.Regional}}
	p.Board = &board.Service{
		Store: &boardsql.Store{DB: db}, Periods: p.Periods, Agencies: p.Agencies, Log: p.Audit, Tx: exclusive, Now: now,
	}
	p.Index = &index.Service{Store: &indexsql.Store{DB: db}, Periods: p.Periods, Scorer: scorer, Log: p.Audit, Tx: shared, Now: now}
	p.Evidence.Facts = p.Index
	p.Notify = &notify.Service{
		Evidence: p.Evidence, Innovations: p.Innovations, Index: p.Index, Board: p.Board, Periods: p.Periods, Agencies: p.Agencies, Regional: p.Regional, Scorer: scorer, Now: now,
	}
	p.Periods.Closing, p.Periods.Work = closing{p.Index, p.Innovations}, work{p.Evidence, p.Regional, p.Index, p.Innovations}
	p.Report = &report.Service{
		Regions: p.Regions, Index: p.Index, Periods: p.Periods, Store: &reportsql.Store{DB: db}, Files: p.Files, Shrink: imagefile.Shrink,
		Log: p.Audit, Tx: shared,
		Random: salts{p}, NewID: newID, Now: now,
	}
	logs := &accesslogsql.Store{DB: db}
	p.AccessLog = &accesslog.Service{Store: logs, Pending: accesslog.NewPending(logs, db), Strangers: accesslog.NewPending(logs, db), NewID: newID, Now: now}
	p.Status = &status.Service{
		Regions: p.Regions, Proxies: proxies{p}, Periods: p.Periods, Audit: p.Audit, Engine: engine{db}, Storage: storage{fileStore{folder}}, Files: p.Files.Records, Inspector: inspector{}, SignIns: p.Auth, Factors: p.Auth,
		Derived: p.Evidence, Build: built(), Started: time.Now(), Now: now,
	}
	p.Jobs, err = p.newJobs(log, db)
	if err != nil {
		return nil, err
	}
	p.Files.Queue = p.Jobs
	p.Backup = &backup.Service{
		Store: &backupsql.Store{DB: db, Migrations: migrations.Files}, Jobs: backupJobs{p.Jobs}, Files: backupFiles{folder, p.Regions},
		Program: built().Version, Now: now, Free: func(folder string) (int64, error) {
			free, _, err := diskspace.Free(folder)
			return free, err
		},
	}
	p.Metrics.WatchParked(p.Jobs.CountParked)
	p.Status.Jobs, p.Status.Log, p.Status.Tx = jobs{p.Jobs}, p.Audit, shared
	return p, err
}

// salts reads from Program.salts, which a demo replaces: salts of the audit log, codes
// of reports.
type salts struct{ *Program }

// Read implements io.Reader.
func (s salts) Read(b []byte) (int, error) { return s.salts.Read(b) }

// sealFactors seals the secrets of second factors that an earlier version has stored in
// clear, and logs those of another key than the one in the file.
func (p *Program) sealFactors(ctx context.Context, keyFile string) error {
	regions, err := p.Regions.All(ctx)
	if err != nil {
		return err
	}
	return eachRegion(regions, func(r region.Region) error {
		ctx := region.Within(ctx, r)
		if err := p.Auth.SealFactors(ctx); err != nil {
			return err
		}
		sealed, all, err := p.Auth.SealedFactors(ctx)
		if sealed > 0 {
			p.log.ErrorContext(ctx, "second factors need another key; put the file back with which they were made", slog.String("region", r.Code),
				slog.Int("sealed", sealed), slog.Int("all", all), slog.String("key_file", keyFile))
		}
		return err
	})
}

// RefreshOldSummaries refreshes the summaries of answers that an earlier version has
// stored, and adds the search words of its innovations.
func (p *Program) RefreshOldSummaries(ctx context.Context) error {
	regions, err := p.Regions.All(ctx)
	if err != nil {
		return err
	}
	return eachRegion(regions, func(r region.Region) error {
		ctx := region.Within(ctx, r)
		return errors.Join(p.Evidence.RefreshOldSummaries(ctx), p.Innovations.SaveOldWords(ctx))
	})
}

// checkPacks returns an error for each region with a period whose pack is missing or
// has changed. The pages of such a period show that; other periods and regions are
// served.
func (p *Program) checkPacks(ctx context.Context) error {
	regions, err := p.Regions.All(ctx)
	if err != nil {
		return err
	}
	return eachRegion(regions, func(r region.Region) error { return p.Periods.Check(region.Within(ctx, r)) })
}

// eachRegion calls do for every region, also after an error or a panic in one, and
// joins the errors.
func eachRegion(regions []region.Region, do func(r region.Region) error) (err error) {
	for _, r := range regions {
		if failed := background.Safely(func() error { return do(r) }); failed != nil {
			err = errors.Join(err, fmt.Errorf("region %s: %w", r.Code, failed))
		}
	}
	return err
}

// Site returns the pages of the program, with those of the component gallery if
// gallery is set.
func (p *Program) Site(gallery bool) (*site.Site, error) {
	return site.New(p.Services, site.Options{
		Log: p.log, Proxies: p.proxies, Unnamed: p.unnamed, MaxFile: p.maxBytes, Observer: p.Metrics, Gallery: gallery,
		SecurityContact: p.securityContact, Now: p.Clock,
	})
}
