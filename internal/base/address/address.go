// Package address checks web addresses: those that people enter as evidence, and those
// in the texts of a pack.
package address

import (
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Longest is the maximum length of an address.
const Longest = 2000

// Mistake is the key of the sentence about an address that cannot be shown as a link.
type Mistake string

// The mistakes of an address. Unclear is any but the others.
const (
	None    Mistake = ""
	Unclear Mistake = "fault.address_unclear"
	Twice   Mistake = "fault.address_twice" // https://https://contoh.go.id
	Port    Mistake = "fault.address_port"  // not from 1 to 65535
)

var (
	twice  = regexp.MustCompile(`(?i)^https?:/*https?(:|/|$)`)
	loose  = regexp.MustCompile(`%([^0-9A-Fa-f]|[0-9A-Fa-f][^0-9A-Fa-f]|[0-9A-Fa-f]?$)`)
	inText = regexp.MustCompile(`(?i)\bhttps?:[^\s<>"”»]*`)
)

// Check returns what is wrong with a web address that is to be shown as a link: one of
// http or https, with a host, without a password, and nothing that a browser would run.
// A "%" may stand for itself. The program itself never opens it.
func Check(text string) Mistake {
	if twice.MatchString(text) {
		return Twice
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' || unicode.IsSpace(r) }) {
		return Unclear
	}
	for loose.MatchString(text) { // as a browser reads it
		text = loose.ReplaceAllString(text, "%25$1")
	}
	u, err := url.Parse(text)
	if err != nil {
		if port := text[strings.LastIndexByte(text, ':')+1:]; strings.Contains(err.Error(), "invalid port") && port != "" {
			return Port
		}
		return Unclear
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.User != nil || !isHost(u.Hostname()) {
		return Unclear
	}
	if n, err := strconv.ParseUint(u.Port(), 10, 16); u.Port() != "" && (err != nil || n == 0) || strings.HasSuffix(u.Host, ":") {
		return Port
	}
	return None
}

// Shown reports whether text is a web address that can be shown as a link.
func Shown(text string) bool { return Check(text) == None }

// In returns the web addresses that stand in a text, without the signs that end a
// sentence.
func In(text string) []string {
	list := inText.FindAllString(text, -1)
	for i, a := range list {
		list[i] = strings.TrimRight(a, ".,;:!?)]}'…")
	}
	return list
}

// isHost reports whether name is an IP address, or words of letters, digits and hyphens
// with points between them.
func isHost(name string) bool {
	if _, err := netip.ParseAddr(name); err == nil {
		return true
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(name, "."), ".") {
		if label == "" || strings.ContainsFunc(label, func(r rune) bool {
			return !unicode.In(r, unicode.L, unicode.M, unicode.N) && r != '-' && r != '_'
		}) {
			return false
		}
	}
	return true
}
