package app

import (
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
	Host regionHostCommand `cmd:"" help:"Set the host name under which a region answers, where there are several."`
	List regionListCommand `cmd:"" help:"List the regions."`
}

type regionAddCommand struct {
	Config
	Code string `arg:"" help:"The ministry's code, such as 18.01."`
	Name string `arg:"" help:"Its name, such as \"Kabupaten Lampung Selatan\"."`
	Host string `help:"Host name under which it answers, where the program serves several regions."`
}

// Run is called by kong.
func (c *regionAddCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	p, err := Open(ctx, log, c.Config)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	err = p.Regions.Add(ctx, region.Region{Code: c.Code, Name: c.Name, Host: c.Host})
	if fault.KindOf(err) == fault.Invalid {
		return refusedFields(ctx, std, err)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.Out, "%s added. Start siida serve for the link that makes its first administrator.\n", c.Name)
	return err
}

type regionHostCommand struct {
	Config
	Code string `arg:"" help:"The region's code, such as 18.01."`
	Host string `arg:"" help:"The host name; \"\" takes it away."`
}

// Run is called by kong.
func (c *regionHostCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	p, err := Open(ctx, log, c.Config)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	err = p.Regions.Answer(ctx, c.Code, c.Host)
	if fault.KindOf(err) == fault.Invalid {
		return refusedFields(ctx, std, err)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.Out, "%s answers under %q.\n", c.Code, c.Host)
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
		if _, err := fmt.Fprintf(std.Out, "%s\t%s\t%s\n", r.Code, r.Name, r.Host); err != nil {
			return err
		}
	}
	return nil
}
