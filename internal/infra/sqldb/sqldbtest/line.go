package sqldbtest

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

// Line is a proxy between a program and its PostgreSQL. Programs connect to it by
// DSN.
type Line struct {
	DSN string

	socket, server string
	listener       net.Listener
	mu             sync.Mutex
	open           []net.Conn
}

// NewLine returns a line to dsn, whose host is a folder with a socket.
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

// Refuse closes every connection, and answers new ones with the error for too many
// connections; n counts these.
func (l *Line) Refuse(tb testing.TB) (n *atomic.Int64) {
	tb.Helper()
	l.Cut()
	n = new(atomic.Int64)
	const answer = "SFATAL\x00VFATAL\x00C53300\x00Msorry, too many clients already\x00\x00"
	l.accept(tb, func(from net.Conn) {
		n.Add(1)
		_, _ = from.Read(make([]byte, 1<<10)) // the startup message
		_, _ = from.Write(append(binary.BigEndian.AppendUint32([]byte("E"), uint32(4+len(answer))), answer...))
		_ = from.Close()
	})
	return n
}

func (l *Line) accept(tb testing.TB, serve func(from net.Conn)) {
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
			serve(from)
		}
	}()
}

// Restore lets the program connect again.
func (l *Line) Restore(tb testing.TB) {
	tb.Helper()
	l.accept(tb, func(from net.Conn) {
		to, err := new(net.Dialer).DialContext(context.Background(), "unix", l.server)
		if err != nil {
			_ = from.Close()
			return
		}
		l.mu.Lock()
		l.open = append(l.open, from, to)
		l.mu.Unlock()
		go func() { _, _ = io.Copy(from, to) }()
		go func() { _, _ = io.Copy(to, from) }()
	})
}

// Cut closes every connection, and refuses new ones.
func (l *Line) Cut() {
	_ = l.listener.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.open {
		_ = c.Close()
	}
	l.open = nil
}
