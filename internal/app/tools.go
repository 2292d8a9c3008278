package app

import (
	"context"

	"siida.id/internal/infra/i18n"
	"siida.id/internal/instrument/instrumentcli"
	"siida.id/internal/scoring/scoringcli"
	"siida.id/locales"
)

// language is the flag of commands that print sentences.
type language struct {
	Lang string `default:"id" enum:"id,en" help:"Language of the sentences: id or en."`
}

type scoreCommand struct {
	language
	File  string `arg:"" optional:"" help:"Document to score; - or nothing reads it from standard input."`
	Rows  bool   `help:"Give the reason for every row too."`
	Max   int64  `default:"256" help:"Size of the largest document that is read, in MB."`
	Packs string `env:"SIIDA_PACKS" help:"${packs}"`
}

// Run runs the command; kong calls it.
func (c *scoreCommand) Run(ctx context.Context, std Streams) error {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return err
	}
	lib, err := library(c.Packs)
	if err != nil {
		return err
	}
	o := scoringcli.Options{File: c.File, Rows: c.Rows, Lang: c.Lang, MaxBytes: c.Max << 20}
	return code(scoringcli.Run(ctx, catalog, lib, o, std.In, std.Out, std.Err))
}

type instrumentCommand struct {
	Check checkCommand `cmd:"" help:"Read packs and say everything that is wrong with them."`
	Diff  diffCommand  `cmd:"" help:"Compare two packs, by id or file."`
}

type checkCommand struct {
	language
	Files []string `arg:"" help:"Files to check."`
}

// Run runs the command; kong calls it.
func (c *checkCommand) Run(ctx context.Context, std Streams) error {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return err
	}
	return code(instrumentcli.Check(ctx, catalog, instrumentcli.CheckOptions{Files: c.Files, Lang: c.Lang}, std.Out, std.Err))
}

type diffCommand struct {
	language
	Old   string `arg:"" help:"Id or file of the older pack."`
	New   string `arg:"" help:"Id or file of the newer pack."`
	JSON  bool   `name:"json" help:"As JSON, for programs."`
	Packs string `env:"SIIDA_PACKS" help:"${packs}"`
}

// Run runs the command; kong calls it.
func (c *diffCommand) Run(ctx context.Context, std Streams) error {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return err
	}
	lib, err := library(c.Packs)
	if err != nil {
		return err
	}
	o := instrumentcli.DiffOptions{A: c.Old, B: c.New, JSON: c.JSON, Lang: c.Lang}
	return code(instrumentcli.Diff(ctx, catalog, lib, o, std.Out, std.Err))
}

// code returns an exit code as an error, nil for 0.
func code(n int) error {
	if n == 0 {
		return nil
	}
	return exit(n)
}
