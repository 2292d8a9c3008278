package app

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/region"
	"siida.id/locales"
)

type regionCommand struct {
	Add  regionAddCommand  `cmd:"" help:"Add a region. Its first administrator is made through a link that serve prints."`
	Set  regionSetCommand  `cmd:"" help:"Set the public address and the time zone of a region."`
	List regionListCommand `cmd:"" help:"List the regions with their addresses and time zones."`
}

type regionAddCommand struct {
	Config
	Code string `arg:"" help:"The ministry's code, such as 18.01."`
	Name string `arg:"" help:"Its name, such as \"Kabupaten Lampung Selatan\"."`
	URL  string `name:"url" help:"Public address, such as https://si-ida.lampungselatan.go.id. Papers print it; the host name follows from it."`
	Zone string `help:"Time zone: WIB, WITA, WIT or a name such as Asia/Makassar; that of the province where none is given."`
}

// Run is called by kong.
func (c *regionAddCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	p, err := Open(ctx, log, c.Config)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	err = p.Regions.Add(ctx, region.Region{Code: c.Code, Name: c.Name, URL: c.URL, Zone: c.Zone})
	if fault.KindOf(err) == fault.Invalid {
		return refusedFields(ctx, std, err)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.Out, "%s added. Start siida serve for the link that makes its first administrator.\n", c.Name)
	return err
}

type regionSetCommand struct {
	Config
	Code string  `arg:"" help:"The region's code, such as 18.01."`
	URL  *string `name:"url" help:"Public address, such as https://si-ida.lampungselatan.go.id; an empty one takes it away."`
	Zone *string `help:"Time zone: WIB, WITA, WIT or a name such as Asia/Makassar."`
}

// Run is called by kong.
func (c *regionSetCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	p, err := Open(ctx, log, c.Config)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	r, err := p.Regions.Set(ctx, c.Code, region.Change{URL: c.URL, Zone: c.Zone})
	if fault.KindOf(err) == fault.Invalid {
		return refusedFields(ctx, std, err)
	}
	if err != nil {
		return err
	}
	return printRegion(std, r)
}

// printRegion prints code, name, address and time zone on a line, with tabs between.
func printRegion(std Streams, r region.Region) error {
	_, err := fmt.Fprintf(std.Out, "%s\t%s\t%s\t%s\n", r.Code, r.Name, cmp.Or(r.URL, "-"), r.Zone)
	return err
}

// refusedFields prints every mistake on a line of its own.
func refusedFields(ctx context.Context, std Streams, refused error) error {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return err
	}
	ctx = catalog.With(ctx, "en")
	for _, f := range fault.FieldsOf(refused) {
		_, _ = fmt.Fprintf(std.Err, "%s: %s\n", f.Name, i18n.T(ctx, f.Key, f.Args))
	}
	return exit(2)
}

type regionListCommand struct{ Config }

// Run is called by kong.
func (c *regionListCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	p, err := Open(ctx, log, c.Config)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	regions, err := p.Regions.All(ctx)
	if err != nil {
		return err
	}
	for _, r := range regions {
		if err := printRegion(std, r); err != nil {
			return err
		}
	}
	return nil
}
