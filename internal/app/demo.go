package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"text/tabwriter"

	"siida.id/internal/demo"
	"siida.id/internal/infra/samplefile"
)

type demoCommand struct {
	Listen string `default:"127.0.0.1:8080" env:"SIIDA_LISTEN" help:"Address to listen on."`
	Data   string `default:"siida-demo" help:"Folder that the made-up regency lives in."`
}

// errNotDemo keeps made-up data out of a real database.
var errNotDemo = errors.New("the data folder holds a database that is not a demo: name another folder with --data")

// Run is called by kong.
func (c *demoCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	p, err := open(ctx, log, Config{Data: c.Data, MaxFile: 64})
	if err != nil {
		return err
	}
	defer func() { _ = p.close() }()
	if err := p.fillDemo(ctx); err != nil {
		return err
	}
	return p.serve(ctx, c.Listen, true, func(address string) error { return printLogins(std, address) })
}

// fillDemo makes the made-up regency in an empty database, and leaves one that
// is there as it is. A database with a real region is refused.
func (p *program) fillDemo(ctx context.Context) error {
	regions, err := p.regions.All(ctx)
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
	return demo.Fill(ctx, demo.Services{
		Tx: p.db, Regions: p.regions, Accounts: p.accounts, Agencies: p.agencies, Periods: p.periods,
		Innovations: p.innovations, Evidence: p.evidence, Files: sampleFiles{},
	})
}

type sampleFiles struct{}

func (sampleFiles) PDF(mark, title string, lines []string) ([]byte, error) {
	return samplefile.PDF(mark, title, lines)
}

func (sampleFiles) JPEG(mark, title string, seed uint64) ([]byte, error) {
	return samplefile.JPEG(mark, title, seed)
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
