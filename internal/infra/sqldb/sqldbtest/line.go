package sqldbtest

import (
	"context"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
)

// Line stands between a program and its PostgreSQL. Whoever opens DSN has it.
type Line struct {
	DSN string

	socket, server string
	listener       net.Listener
	mu             sync.Mutex
	open           []net.Conn
}

// NewLine returns a line to dsn, which names a folder with a socket.
func NewLine(tb testing.TB, dsn string) *Line {
	tb.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		tb.Fatal(err)
	}
	const name = ".s.PGSQL.5432"
	query, dir := u.Query(), tb.TempDir()
	l := &Line{socket: filepath.Join(dir, name), server: filepath.Join(query.Get("host"), name)}
	query.Set("host", dir)
	u.RawQuery = query.Encode()
	l.DSN = u.String()
	l.Restore(tb)
	tb.Cleanup(l.Cut)
	return l
}

// Restore has the program reach the database again.
func (l *Line) Restore(tb testing.TB) {
	tb.Helper()
	listener, err := new(net.ListenConfig).Listen(tb.Context(), "unix", l.socket)
	if err != nil {
		tb.Fatal(err)
	}
	l.listener = listener
	go func() {
		for {
			from, err := listener.Accept()
			if err != nil {
				return
			}
			to, err := new(net.Dialer).DialContext(context.Background(), "unix", l.server)
			if err != nil {
				_ = from.Close()
				continue
			}
			l.mu.Lock()
			l.open = append(l.open, from, to)
			l.mu.Unlock()
			go func() { _, _ = io.Copy(from, to) }()
			go func() { _, _ = io.Copy(to, from) }()
		}
	}()
}

// Cut ends every connection, and lets none be made.
func (l *Line) Cut() {
	_ = l.listener.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.open {
		_ = c.Close()
	}
	l.open = nil
}
