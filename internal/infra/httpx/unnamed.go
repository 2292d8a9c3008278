package httpx

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"
)

const (
	maxUnnamed  = 16             // peers that are remembered
	unnamedLife = 24 * time.Hour // since the last request, and between two log lines
)

// forwarded are the headers in which a proxy forwards the client's address and
// protocol.
var forwarded = []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto"}

// UnnamedProxies remembers peers that send the headers of a proxy and are not
// configured as one, so that these headers are ignored: everybody behind them has the
// same address, and the program does not know that browsers use TLS. Use
// NewUnnamedProxies.
type UnnamedProxies struct {
	log  *slog.Logger
	now  func() time.Time
	mu   sync.Mutex
	seen map[netip.Addr]time.Time // at most maxUnnamed
}

// NewUnnamedProxies returns one that logs each peer once a day, and remembers 16 at
// max.
func NewUnnamedProxies(log *slog.Logger, now func() time.Time) *UnnamedProxies {
	return &UnnamedProxies{log: log, now: now, seen: map[netip.Addr]time.Time{}}
}

// note remembers the peer of r, which is not a configured proxy, if it sends the
// headers of one.
func (u *UnnamedProxies) note(ctx context.Context, r *http.Request, peer netip.Addr) {
	if !slices.ContainsFunc(forwarded, func(name string) bool { return r.Header.Get(name) != "" }) {
		return
	}
	now := u.now()
	u.mu.Lock()
	at, known := u.seen[peer]
	room := known || len(u.forget(now)) < maxUnnamed
	loud := room && (!known || now.Sub(at) >= unnamedLife)
	if loud {
		u.seen[peer] = now
	}
	u.mu.Unlock()
	if loud {
		u.log.WarnContext(ctx, "forwarded headers from a peer that is not named as a proxy; name it in SIIDA_TRUSTED_PROXIES if it is one",
			slog.String("peer", peer.String()))
	}
}

// forget removes peers last logged more than a day ago; u.mu must be locked.
func (u *UnnamedProxies) forget(now time.Time) map[netip.Addr]time.Time {
	for peer, at := range u.seen {
		if now.Sub(at) >= unnamedLife {
			delete(u.seen, peer)
		}
	}
	return u.seen
}

// Any reports whether there was one within the last day.
func (u *UnnamedProxies) Any() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.forget(u.now())) > 0
}
