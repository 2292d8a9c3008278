package app

import (
	"context"
	crypto "crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"text/tabwriter"
	"time"

	"siida.id/internal/auth"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/demo"
	"siida.id/internal/file"
	"siida.id/internal/infra/blob"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/samplefile"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/report"
	"siida.id/internal/report/reportweb"
	"siida.id/internal/site"
	"siida.id/locales"
)

type demoCommand struct {
	Listen string `default:"127.0.0.1:8080" env:"SIIDA_LISTEN" help:"Address to listen on."`
	Data   string `default:"siida-demo" help:"Folder that the made-up regency lives in."`
}

// errNotDemo prevents filling a real database with made-up data.
var errNotDemo = errors.New("the data folder holds a database that is not a demo: name another folder with --data")

// Run runs the command; kong calls it.
func (c *demoCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	p, err := Open(ctx, log, Config{Data: c.Data, MaxFile: 64})
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	if err := p.FillDemo(ctx); err != nil {
		return err
	}
	p.inspectFiles(ctx)
	return p.serve(ctx, c.Listen, true, func(address string) error {
		if err := p.moveDemo(ctx, address); err != nil {
			return err
		}
		return printLogins(std, address)
	})
}

// moveDemo sets the public address of the demo's region to the one on which it is
// served, unless a browser cannot open that, as http://[::]:8080.
func (p *Program) moveDemo(ctx context.Context, address string) error {
	regions, err := p.Regions.All(ctx)
	if err != nil {
		return err
	}
	for _, r := range regions {
		_, err := p.Regions.Set(ctx, r.Code, region.Change{URL: &address})
		if err != nil && fault.KindOf(err) != fault.Invalid {
			return err
		}
	}
	return nil
}

// FillDemo fills an empty database with the made-up regency; it does nothing for a
// filled demo, and refuses a database with a real region.
func (p *Program) FillDemo(ctx context.Context) error {
	regions, err := p.Regions.All(ctx)
	if err != nil {
		return err
	}
	for _, r := range regions {
		if !r.Sample {
			return errNotDemo
		}
	}
	if len(regions) > 0 {
		return nil
	}
	return p.fillWith(ctx, samplefile.PDF)
}

// fillWith fills the demo with these documents. Meanwhile the clock and all random
// values are the demo's, from its seed.
func (p *Program) fillWith(ctx context.Context, pdf demo.PDF) error {
	seed, err := demo.Seed()
	if err != nil {
		return err
	}
	var now time.Time
	random := rand.NewChaCha8(sha256.Sum256(strconv.AppendUint(nil, seed, 10)))
	p.Clock, p.salts = func() time.Time { return now }, random
	p.newID = id.Source(p.Clock, random)
	inspector := p.Files.Inspector
	p.Files.Inspector = file.Trusting{} // of the demo's own files
	defer func() {
		p.Clock, p.newID, p.salts = time.Now, id.New, crypto.Reader
		p.Files.Inspector = inspector
	}()
	prints, err := printing(ctx)
	if err != nil {
		return err
	}
	access := *p.Auth
	access.Passwords = &oneHash{Passwords: p.Auth.Passwords}
	return demo.Fill(ctx, demo.Services{
		Tx: oneSync{p.DB, p.Folder}, Regions: p.Regions, Accounts: p.Accounts, Auth: &access, Agencies: p.Agencies, Periods: p.Periods, Decrees: p.Decrees, Innovations: p.Innovations,
		Guidance: p.Guidance, Evidence: p.Evidence, Regional: p.Regional, Index: p.Index, Report: p.Report, Print: prints, PDF: pdf,
		Address: demoSite,
		Clock:   func(t time.Time) { now = t },
	})
}

// oneSync syncs the files of a transaction together, before it commits.
type oneSync struct {
	*sqldb.DB
	folder *blob.Folder
}

// InTx implements uow.Transactor.
func (o oneSync) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	return o.DB.InTx(ctx, func(ctx context.Context) error { return o.folder.InBatch(ctx, fn) })
}

// oneHash computes the hash of the demo's password only once: it is public, and
// hashing is slow.
type oneHash struct {
	auth.Passwords
	of, hash string
}

// Hash implements auth.Passwords.
func (o *oneHash) Hash(ctx context.Context, password string) (hash string, err error) {
	if o.hash == "" || o.of != password {
		o.of = password
		o.hash, err = o.Passwords.Hash(ctx, password)
	}
	return o.hash, err
}

// demoSite is the public address of the demo's region until moveDemo sets another.
const demoSite = "http://127.0.0.1:8080"

// printing returns the function that prints the demo's reports, as reportweb does.
func printing(ctx context.Context) (func(region.Region) report.Print, error) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return nil, err
	}
	return func(here region.Region) report.Print {
		return reportweb.Print(site.Official(ctx, catalog), reportweb.Place{Region: here.Name, Sample: here.Sample})
	}, nil
}

func printLogins(std Streams, address string) error {
	logins, err := demo.Logins()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(std.Out, 0, 4, 2, ' ', 0)
	_, _ = fmt.Fprintf(table, "\nContoh SI-IDA / SI-IDA demo: %s\n\n", address)
	_, _ = fmt.Fprintln(table, "nama pengguna / sign-in name\tkata sandi / password\ttugas / assignment")
	for _, l := range logins {
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s %s\n", l.Login, l.Password, l.Role, l.Agency)
	}
	_, _ = fmt.Fprintln(table)
	return table.Flush()
}
