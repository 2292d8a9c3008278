package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"siida.id/internal/file"
	"siida.id/internal/infra/inspect"
)

// insideCommand looks inside a file on standard input, for a serving program whose
// child it is.
type insideCommand struct {
	Media string `arg:"" help:"Its media type."`
}

// Run runs the command; kong calls it.
func (c *insideCommand) Run(std Streams) error {
	in, ok := std.In.(*os.File)
	if !ok {
		return errors.New("standard input is not a file")
	}
	return code(inspect.Main(c.Media, in, std.Err))
}

// inspector is file.Inspector by child processes.
type inspector struct{ *inspect.Inspector }

// NewInspector returns a file.Inspector whose children are started with args.
func NewInspector(args ...string) file.Inspector { return inspector{inspect.New(args...)} }

// Can implements file.Inspector.
func (inspector) Can(media string) bool { return inspect.Can(media) }

// Inspect implements file.Inspector.
func (i inspector) Inspect(ctx context.Context, media string, content io.ReadSeeker, within time.Duration) (file.Finding, error) {
	f, ok := content.(*os.File)
	if !ok {
		return "", fmt.Errorf("inspect a file: %T is not one of the disk", content)
	}
	result, err := i.Inspector.Inspect(ctx, media, f, within)
	if errors.Is(err, inspect.ErrUnavailable) {
		return file.Later, nil
	}
	return findings[result], err
}

var findings = map[inspect.Result]file.Finding{
	inspect.Opens: file.Opens, inspect.Unreadable: file.Unreadable, inspect.NoPages: file.NoPages, inspect.Locked: file.Locked, inspect.Unclear: file.Unclear,
}

// inspectFiles lets the program inspect files by children of its own. If it cannot
// find itself, no file is checked.
func (p *Program) inspectFiles(ctx context.Context) {
	self, err := os.Executable()
	if err != nil {
		p.log.ErrorContext(ctx, "files cannot be inspected", slog.Any("error", err))
		return
	}
	p.Files.Inspector = NewInspector(self, "inspect")
}

// inspect inspects the files of a region, and makes void what the unopenable ones have
// proven; if there are more than one job can do, it
// queues another.
func (p *Program) inspect(ctx context.Context) error {
	more, err := p.Files.Inspect(ctx)
	err = errors.Join(err, p.Evidence.VoidUnopenable(ctx), p.Regional.VoidUnopenable(ctx))
	if err != nil || !more {
		return err
	}
	return p.DB.InTx(ctx, func(ctx context.Context) error { return p.Jobs.Insert(ctx, file.InspectJob, "", struct{}{}) })
}
