// Package app connects all adapters and services into the program, reads its
// configuration, starts and stops it.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/alecthomas/kong"

	"siida.id/internal/infra/sqldb"
)

// Streams are the standard streams of a command.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// commands is the command line; environment variables set the same values.
type commands struct {
	Serve      serveCommand      `cmd:"" help:"Serve the pages."`
	Demo       demoCommand       `cmd:"" help:"Serve a made-up regency that lives in a folder of its own."`
	Score      scoreCommand      `cmd:"" help:"Score answers from a JSON document and explain every figure."`
	Instrument instrumentCommand `cmd:"" help:"Check and compare instrument packs."`
	Check      inspectCommand    `cmd:"" help:"Look whether schema, files and audit log are whole: 0 when all is well, 1 with a fault."`
	Backup     backupCommand     `cmd:"" help:"Copy the whole installation into an empty folder, also while it is served: 0 when all is there, 1 when files of it were lost."`
	Restore    restoreCommand    `cmd:"" help:"Restore a backup into an empty installation, on either database: 0 when all is well, 1 when the backup is damaged."`
	Region     regionCommand     `cmd:"" help:"Add and list regions."`
	Inspect    insideCommand     `cmd:"" hidden:"" help:"Look inside a file."`
}

// exit is an exit code as an error, whose message has been printed before.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// Run runs the program and returns its exit code: 2 if the command line, a document
// or the database was refused, 1 for a failure while running.
func Run(ctx context.Context, args []string, std Streams) int {
	log := slog.New(slog.NewTextHandler(std.Err, nil))
	var cli commands
	quit := -1
	parser, err := kong.New(&cli, kong.Name("siida"), kong.Description("Innovation of a region: evidence, verification, index."),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(log, std), kong.Writers(std.Out, std.Err), kong.Exit(func(code int) { quit = code }),
		kong.UsageOnError(), kong.Vars{"packs": "Folder with instrument packs beside those in the program."})
	if err != nil {
		log.ErrorContext(ctx, "command line", slog.Any("error", err))
		return 2
	}
	command, err := parser.Parse(args)
	if quit >= 0 { // help was printed
		return quit
	}
	if err != nil {
		_, _ = fmt.Fprintf(std.Err, "siida: %s; see siida --help\n", sqldb.Redact(err.Error()))
		return 2
	}
	err = command.Run()
	if code, ok := errors.AsType[exit](err); ok {
		return int(code)
	}
	if err != nil {
		_, _ = fmt.Fprintf(std.Err, "siida: %s\n", sqldb.Redact(err.Error()))
		if _, refused := errors.AsType[sqldb.RefusedError](err); refused {
			return 2
		}
		return 1
	}
	return 0
}
