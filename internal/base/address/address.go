// Package address checks web addresses that people enter as evidence.
package address

import (
	"net/url"
	"strings"
)

// Longest is the maximum length of an address.
const Longest = 2000

// Shown reports whether text is a web address that can be shown as a link:
// without a password, and nothing that a browser would run. The program itself
// never opens it.
func Shown(text string) bool {
	u, err := url.Parse(text)
	odd := func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil &&
		!strings.ContainsFunc(text, odd)
}
