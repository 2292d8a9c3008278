package httpx

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

type clientKey struct{}

type client struct {
	address string
	tls     bool
}

// Client notes who asks, and whether over TLS. What a proxy says of the
// visitor before it is believed only of a trusted one: anybody else would be
// whom they like. Others that say such things are noted in unnamed, unless it is nil.
func Client(trusted []netip.Prefix, unnamed *UnnamedProxies) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx := context.WithValue(r.Context(), clientKey{}, clientOf(r, trusted))
			if peer, ok := parseAddress(r.RemoteAddr); unnamed != nil && ok && !within(trusted, peer) {
				unnamed.note(ctx, r, peer)
			}
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

// Address is the address that Client found, without a port.
func Address(ctx context.Context) string {
	c, _ := ctx.Value(clientKey{}).(client)
	return c.address
}

// TLS reports whether the visitor's browser spoke TLS.
func TLS(ctx context.Context) bool {
	c, _ := ctx.Value(clientKey{}).(client)
	return c.tls
}

// clientOf goes back along the proxies as long as it trusts them; the first
// that it does not is the visitor. Each proxy writes its own visitor at the
// right, so what the visitor wrote is never used.
func clientOf(r *http.Request, trusted []netip.Prefix) client {
	at, ok := parseAddress(r.RemoteAddr)
	if !ok {
		return client{r.RemoteAddr, r.TLS != nil}
	}
	if !within(trusted, at) {
		return client{at.String(), r.TLS != nil}
	}
	for _, hop := range slices.Backward(listed(r, "X-Forwarded-For")) {
		before, ok := parseAddress(hop)
		if !ok {
			break
		}
		if at = before; !within(trusted, at) {
			break
		}
	}
	proto := listed(r, "X-Forwarded-Proto")
	said := len(proto) > 0 && strings.EqualFold(proto[len(proto)-1], "https")
	return client{at.String(), r.TLS != nil || said}
}

func within(trusted []netip.Prefix, at netip.Addr) bool {
	return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(at) })
}

// listed is the header's list, over all its lines.
func listed(r *http.Request, name string) (list []string) {
	for part := range strings.SplitSeq(strings.Join(r.Header.Values(name), ","), ",") {
		list = append(list, strings.TrimSpace(part))
	}
	return list
}

// parseAddress reads an address with or without a port.
func parseAddress(text string) (netip.Addr, bool) {
	at, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	if err != nil {
		both, err := netip.ParseAddrPort(text)
		if err != nil {
			return netip.Addr{}, false
		}
		at = both.Addr()
	}
	return at.Unmap().WithZone(""), true
}
