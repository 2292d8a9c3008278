// Package address knows addresses on the web, as people give them for evidence.
package address

import (
	"net/url"
	"strings"
)

// Longest is how many letters an address has at most.
const Longest = 2000

// Shown reports whether text is a page of the web that can be shown as a link:
// without a password in it, and nothing that a browser would run. The program
// itself never goes there.
func Shown(text string) bool {
	u, err := url.Parse(text)
	odd := func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil &&
		!strings.ContainsFunc(text, odd)
}
