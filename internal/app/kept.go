package app

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
)

// keptPages are the patterns whose pages are kept while the region's log
// stands still: those that everybody opens, and that only show. All that they
// show comes from what the log tells of, and from the time.
var keptPages = []string{
	"GET /{$}", "GET /inovasi", "GET /inovasi/{id}",
	"GET /indeks", "GET /indeks/{period}", "GET /indeks/{period}/peringkat", "GET /indeks/{period}/inovasi", "GET /indeks/{period}/riwayat",
	"GET /indeks/{period}/perangkat-daerah/{agency}", "GET /indeks/{period}/inovasi/{innovation}", "GET /indeks/{period}/indikator/{code}",
}

// keeping serves the page of a pattern from memory where that may be.
func (s *site) keeping(pattern string, page httpx.Handler) httpx.Handler {
	if s.kept == nil || !slices.Contains(keptPages, pattern) {
		return page
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx := r.Context()
		if r.Method != http.MethodGet || !actor.From(ctx).SignedIn() {
			return page(w, r)
		}
		return s.kept.Serve(w, r, s.state(ctx), page)
	}
}

// loggedKey is where a page finds how far the region's log was when its reader
// was looked up.
type loggedKey struct{}

// state is all that a kept page depends on but its address: where, who, in which
// language, what has happened so far, and which minute it is. What has happened is
// read with the session, before the page is made, so that a page may be newer than
// its state and never older.
func (s *site) state(ctx context.Context) string {
	return fmt.Sprintf("%+v\n%+v\n%s\n%v\n%d", regionOf(ctx), actor.From(ctx), i18n.Lang(ctx), ctx.Value(loggedKey{}), s.clock().Unix()/60)
}
