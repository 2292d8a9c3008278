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

// Client puts the address of the client, and whether it uses TLS, into the context.
// Forwarding headers are used only from a trusted proxy: anybody else could claim any
// address. Others that send such headers are recorded in unnamed, unless it is nil.
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

// Address returns the client's address without a port.
func Address(ctx context.Context) string {
	c, _ := ctx.Value(clientKey{}).(client)
	return c.address
}

// TLS reports whether the client uses TLS.
func TLS(ctx context.Context) bool {
	c, _ := ctx.Value(clientKey{}).(client)
	return c.tls
}

// clientOf follows the forwarding headers backwards as long as it trusts the proxies;
// the first address that it does not trust is the client. Each proxy appends its own
// client at the right, so what the client itself sent is never used.
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

// listed returns the values of a header with a list, over all its lines.
func listed(r *http.Request, name string) (list []string) {
	for part := range strings.SplitSeq(strings.Join(r.Header.Values(name), ","), ",") {
		list = append(list, strings.TrimSpace(part))
	}
	return list
}

// parseAddress parses an address with or without a port.
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
