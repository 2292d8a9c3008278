package backupcli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"siida.id/internal/backup"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/i18n"
)

// Exit codes.
const (
	whole   = 0
	damaged = 1
	refused = 2
)

// Options are the arguments of the commands.
type Options struct {
	Folder string
	Lang   string
}

// Written prints what a backup has, on stderr what the installation had lost, and
// returns the exit code.
func Written(ctx context.Context, catalog *i18n.Catalog, m backup.Manifest, o Options, stdout, stderr io.Writer) int {
	ctx = catalog.With(ctx, o.Lang)
	if code := list(ctx, m.Damaged, "backup.written_damaged", o, stderr); code != whole {
		return code
	}
	return summary(ctx, "backup.written", m, o, stdout)
}

// Restored prints what was restored, and that nobody is signed in; the exit code is that
// of the check that follows.
func Restored(ctx context.Context, catalog *i18n.Catalog, m backup.Manifest, o Options, stdout io.Writer) int {
	ctx = catalog.With(ctx, o.Lang)
	if code := summary(ctx, "backup.restored", m, o, stdout); code != whole {
		return code
	}
	return line(ctx, "backup.access_ended", stdout)
}

// Unfinished prints that a restore has begun and has not ended.
func Unfinished(ctx context.Context, catalog *i18n.Catalog, o Options, stderr io.Writer) {
	line(catalog.With(ctx, o.Lang), "backup.unfinished", stderr)
}

// line prints a message; the exit code says whether it was printed.
func line(ctx context.Context, key string, w io.Writer, args ...i18n.Args) int {
	if _, err := fmt.Fprintln(w, i18n.T(ctx, key, args...)); err != nil {
		return damaged // nobody has read that all is well
	}
	return whole
}

// Damaged prints what is damaged in a backup, and returns the exit code.
func Damaged(ctx context.Context, catalog *i18n.Catalog, parts []backup.Damage, o Options, stderr io.Writer) int {
	return list(catalog.With(ctx, o.Lang), parts, "backup.damaged", o, stderr)
}

// Refused prints why nothing was done and returns the exit code, if err is such a reason.
func Refused(ctx context.Context, catalog *i18n.Catalog, err error, o Options, stderr io.Writer) (code int, ok bool) {
	if kind := fault.KindOf(err); kind != fault.Conflict && kind != fault.NotFound && kind != fault.Full || !strings.HasPrefix(fault.KeyOf(err), "backup.") {
		return 0, false // what a statement returned is no reason of ours
	}
	_, _ = fmt.Fprintf(stderr, "siida: %s\n", i18n.Fault(catalog.With(ctx, o.Lang), err))
	return refused, true
}

func list(ctx context.Context, parts []backup.Damage, verdict string, o Options, w io.Writer) int {
	for _, d := range parts {
		_, _ = fmt.Fprintf(w, "%s: %s\n", d.Path, i18n.T(ctx, d.Key))
	}
	if len(parts) == 0 {
		return whole
	}
	_, _ = fmt.Fprintln(w, i18n.T(ctx, verdict, i18n.Args{"Count": len(parts), "Folder": o.Folder}))
	return damaged
}

func summary(ctx context.Context, key string, m backup.Manifest, o Options, w io.Writer) int {
	rows, files, size := m.Counts()
	return line(ctx, key, w, i18n.Args{
		"Folder": o.Folder, "At": i18n.Moment(ctx, m.At), "Rows": i18n.Number(ctx, rows), "Files": i18n.Number(ctx, int64(files)), "Size": i18n.Bytes(ctx, size),
	})
}
