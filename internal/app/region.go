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
	Set  regionSetCommand  `cmd:"" help:"Set the public address, the time zone, the quota and the motif of a region."`
	List regionListCommand `cmd:"" help:"List the regions with their addresses, time zones, quotas and what their files take."`
}

type regionAddCommand struct {
	Config
	Code string `arg:"" help:"The ministry's code, such as 18.01."`
	Name string `arg:"" help:"Its name, such as \"Kabupaten Lampung Selatan\"."`
	URL  string `name:"url" help:"Public address, such as https://si-ida.lampungselatan.go.id. Papers print it; the host name follows from it."`
	Zone string `help:"Time zone: WIB, WITA, WIT or a name such as Asia/Makassar; that of the province where none is given."`
}

// Run runs the command; kong calls it.
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
	Code  string  `arg:"" help:"The region's code, such as 18.01."`
	URL   *string `name:"url" help:"Public address, such as https://si-ida.lampungselatan.go.id; an empty one takes it away."`
	Zone  *string `help:"Time zone: WIB, WITA, WIT or a name such as Asia/Makassar."`
	Quota *string `help:"How much its files may take in all, such as 50GB; none is no quota."`
	Motif *string `help:"What decorates its pages: tapis for the siger and the cloth of Lampung, none for a plain hem."`
}

// Run runs the command; kong calls it.
func (c *regionSetCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	p, err := Open(ctx, log, c.Config)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	r, err := p.Regions.Set(ctx, c.Code, region.Change{URL: c.URL, Zone: c.Zone, Quota: c.Quota, Motif: c.Motif})
	if fault.KindOf(err) == fault.Invalid {
		return refusedFields(ctx, std, err)
	}
	if err != nil {
		return err
	}
	return p.printRegion(ctx, std, r)
}

// printRegion prints a line with tabs: code, name, address, time zone, quota and use
// of the quota in MB.
func (p *Program) printRegion(ctx context.Context, std Streams, r region.Region) error {
	used, err := p.Files.Records.Used(region.Within(ctx, r))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.Out, "%s\t%s\t%s\t%s\t%s\t%dMB\n",
		r.Code, r.Name, cmp.Or(r.URL, "-"), r.Zone, region.FormatQuota(r.Quota), used>>20)
	return err
}

// refusedFields prints each mistake on a line. A field of a region is called as its
// argument or flag.
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

// Run runs the command; kong calls it.
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
		if err := p.printRegion(ctx, std, r); err != nil {
			return err
		}
	}
	return nil
}
