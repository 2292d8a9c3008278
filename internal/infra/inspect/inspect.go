// Package inspect looks inside files that people have sent: does a PDF open and have
// pages, can a picture be decoded, is a film complete? What reads such a file may have
// mistakes that the file uses, so it is read by a child process, which is the program
// itself (Main), with limits on memory, processor time, time, open files, output and
// processes, and no network. A PDF is read by pdfinfo of poppler, which the child
// becomes; it is not part of the program and may be missing.
//
// Only Linux has all of these limits. Elsewhere no file is inspected, and Can returns
// false.
package inspect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Result is the result of an inspection.
type Result string

// The results. Unclear says nothing about the file: the limits were exceeded, the
// child crashed, or the file has something that its reader does not know.
const (
	Opens      Result = "opens"
	Unreadable Result = "unreadable" // it is damaged, or cut
	NoPages    Result = "no pages"
	Locked     Result = "locked" // by a password, without which it cannot be read
	Unclear    Result = "unclear"
)

// ErrUnavailable is the error of an inspection that cannot be made here and now: the
// system has no tool for it, or no limits, or too many files are being inspected.
var ErrUnavailable = errors.New("inspect: not available")

// Limits of one inspection.
const (
	maxOutput = 64 << 10 // bytes of each of the child's streams
	killDelay = time.Second
)

// atOnce is the number of files that are inspected at once; each takes a core.
const atOnce = 2

// Inspector inspects files.
type Inspector struct {
	// Args are the command line of the child, up to the media type: the program
	// itself and its command that calls Main.
	Args []string

	slots chan struct{}
}

// New returns an Inspector whose children are started with args.
func New(args ...string) *Inspector {
	return &Inspector{Args: args, slots: make(chan struct{}, atOnce)}
}

// tools are the programs that the child becomes, by media type; none for what the
// child reads by itself.
var tools = map[string]string{
	"application/pdf": "pdfinfo",
	"image/jpeg":      "",
	"image/png":       "",
	"video/mp4":       "",
	"video/quicktime": "",
}

// Can reports whether files of a media type can be inspected here.
func Can(media string) bool {
	tool, known := tools[media]
	if !known || !supported {
		return false
	}
	if tool == "" {
		return true
	}
	_, err := exec.LookPath(tool)
	return err == nil
}

// Inspect inspects a file, which is read from its start, within a time. It waits as long
// for other inspections, and returns ErrUnavailable if it could not begin.
func (i *Inspector) Inspect(ctx context.Context, media string, f *os.File, within time.Duration) (Result, error) {
	if !Can(media) {
		return "", fmt.Errorf("%w: %s", ErrUnavailable, media)
	}
	wait, stop := context.WithTimeout(ctx, within)
	defer stop()
	select {
	case i.slots <- struct{}{}:
		defer func() { <-i.slots }()
	case <-wait.Done():
		return "", fmt.Errorf("%w: %w", ErrUnavailable, wait.Err())
	}
	limited, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("inspect: %w", err)
	}
	out, err := i.run(limited, media, f)
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return out.result(media, err)
}

// output is what a child has written, up to maxOutput of each stream.
type output struct{ out, err stream }

// run runs the child, and kills it with all of its processes when ctx ends.
func (i *Inspector) run(ctx context.Context, media string, f *os.File) (o output, err error) {
	args := append(i.Args[1:len(i.Args):len(i.Args)], media)
	cmd := exec.CommandContext(ctx, i.Args[0], args...) //nolint:gosec // the program itself
	cmd.Stdin, cmd.Stdout, cmd.Stderr = f, &o.out, &o.err
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "GOMAXPROCS=1"}
	cmd.Dir = string(os.PathSeparator)
	cmd.WaitDelay = killDelay
	isolate(cmd)
	err = cmd.Run()
	return o, err
}

// stream is the beginning of what is written to it. What exceeds maxOutput is an
// error, by which the child loses its stream.
type stream struct{ bytes.Buffer }

var errOutput = errors.New("inspect: too much output")

// Write implements io.Writer.
func (s *stream) Write(p []byte) (int, error) {
	if s.Len()+len(p) > maxOutput {
		return 0, errOutput
	}
	return s.Buffer.Write(p)
}

// Exit codes of the child. Those of pdfinfo are 1 for a file that it cannot open, and
// 99 for other errors.
const (
	exitOpens       = 0
	exitUnreadable  = 41
	exitUnclear     = 42
	exitUnavailable = 43
)

// result returns the result of a child that ended with err.
func (o *output) result(media string, err error) (Result, error) {
	code := exitOpens
	if err != nil {
		exited, ok := errors.AsType[*exec.ExitError](err)
		switch {
		case ok && exited.ExitCode() >= 0:
			code = exited.ExitCode()
		case ok, errors.Is(err, errOutput), errors.Is(err, exec.ErrWaitDelay), errors.Is(err, context.DeadlineExceeded): // killed
			return Unclear, nil
		default:
			return "", fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
	}
	switch {
	case code == exitUnavailable:
		return "", fmt.Errorf("%w: %s", ErrUnavailable, strings.TrimSpace(o.err.String()))
	case code == exitUnclear:
		return Unclear, nil
	case code == exitUnreadable:
		return Unreadable, nil
	case tools[media] != "":
		return o.pdf(code), nil
	case code == exitOpens:
		return Opens, nil
	}
	return Unclear, nil
}

// pdf returns the result of pdfinfo. Its last line with the number of pages is its
// own; one before may be part of the title.
func (o *output) pdf(code int) Result {
	_, rest, counted := cutLast(o.out.String(), "\nPages:")
	pages, _, _ := strings.Cut(rest, "\n")
	pages = strings.TrimSpace(pages)
	mistakes := o.err.String()
	switch {
	case code == exitOpens && counted && pages != "0":
		return Opens
	case code == exitOpens && counted, strings.Contains(mistakes, "Invalid page count 0"), strings.Contains(mistakes, "after the last page (0)"):
		return NoPages
	case code == 1 && strings.Contains(mistakes, "Incorrect password"):
		return Locked
	case code != exitOpens && (strings.Contains(mistakes, "Syntax Error") || strings.Contains(mistakes, "May not be a PDF file")):
		return Unreadable
	}
	return Unclear
}

// cutLast is strings.Cut at the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	if at := strings.LastIndex(s, sep); at >= 0 {
		return s[:at], s[at+len(sep):], true
	}
	return s, "", false
}
