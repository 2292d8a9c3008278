package region

import (
	"cmp"
	"context"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
)

// Region is a province, regency or city.
type Region struct {
	Code   string // the ministry's, such as 18.01; region_id in all other tables
	Name   string
	URL    string // its public address, such as https://si-ida.lampungselatan.go.id; may be empty
	Zone   string // in which its days begin; a name of the time zone database
	Sample bool   // made up, which every page shows
	Quota  int64  // bytes that all its files may take; zero for no limit
	Motif  Motif  // of its pages
}

// Motif is what decorates the pages of a region: a crest, and the hem of the cloth.
type Motif string

// The motifs. Plain is a hem without a pattern; Tapis is Lampung's siger and cloth.
const (
	Plain Motif = ""
	Tapis Motif = "tapis"
)

// NoMotif is the text of Plain.
const NoMotif = "none"

// ParseMotif parses a motif, Plain for NoMotif.
func ParseMotif(text string) (m Motif, ok bool) {
	switch text = strings.ToLower(strings.TrimSpace(text)); text {
	case NoMotif:
		return Plain, true
	case string(Tapis):
		return Tapis, true
	}
	return Plain, false
}

// MotifOf returns the motif of the province of a region's code.
func MotifOf(code string) Motif {
	if province, _, _ := strings.Cut(code, "."); province == "18" {
		return Tapis
	}
	return Plain
}

// Short returns the name without the kind of region that it begins with: "Lampung
// Selatan" for "Kabupaten Lampung Selatan".
func (r Region) Short() string {
	for _, kind := range []string{"Kabupaten ", "Kota ", "Provinsi "} {
		if name, found := strings.CutPrefix(r.Name, kind); found {
			return name
		}
	}
	return r.Name
}

// Host returns the host name of the region's address, by which requests find it;
// empty without an address.
func (r Region) Host() string { return hostOf(r.URL) }

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Store stores the list of regions.
type Store interface {
	// Add stores a new region; Conflict if its code or host is taken.
	Add(ctx context.Context, r Region) error
	// ByHost returns the region with that host, or the only region; else NotFound.
	ByHost(ctx context.Context, host string) (Region, error)
	// ByCode returns NotFound if no region has that code.
	ByCode(ctx context.Context, code string) (Region, error)
	// Set replaces address, zone and quota of the region with r's code; NotFound if
	// there is none, Conflict if another one has the host.
	Set(ctx context.Context, r Region) error
	// LockShared and Lock are ByCode with a lock on the region until the transaction
	// ends.
	LockShared(ctx context.Context, code string) (Region, error)
	Lock(ctx context.Context, code string) (Region, error)
	// All returns the regions by code.
	All(ctx context.Context) ([]Region, error)
}

const (
	longestName = 100 // characters
	longestHost = 253 // the limit of the domain name system
)

var (
	codeForm = regexp.MustCompile(`^\d{2}(\.\d{2})?$`)
	hostForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`)
)

// normal returns r as it is stored: without white space, the address in lower case
// without a final slash, the zone with its name in the database.
func (r Region) normal() Region {
	r.Name = text.Line(r.Name)
	r.URL = strings.TrimSuffix(strings.ToLower(text.Line(r.URL)), "/")
	if name, ok := zone.Parse(r.Zone); ok {
		r.Zone = name
	}
	return r
}

// check returns the mistakes of a new region, given the existing ones.
func (r Region) check(others []Region) error {
	var check fault.Check
	check.That(codeForm.MatchString(r.Code), "code", "region.code_form")
	check.That(!slices.ContainsFunc(others, func(o Region) bool { return o.Code == r.Code }), "code", "region.code_taken")
	check.That(r.Name != "", "name", "region.name_missing")
	check.That(utf8.RuneCountInString(r.Name) <= longestName, "name", "region.name_long", fault.Args{"Most": longestName})
	r.checkPlace(&check, others)
	return check.Err()
}

// checkPlace adds the mistakes of r's address and zone to check.
func (r Region) checkPlace(check *fault.Check, others []Region) {
	check.That(r.URL == "" || isAddress(r.URL), "url", "region.url_form")
	check.That(!slices.ContainsFunc(others, func(o Region) bool {
		return r.Host() != "" && o.Code != r.Code && o.Host() == r.Host()
	}), "url", "region.url_taken")
	_, ok := zone.Parse(r.Zone)
	check.That(ok, "zone", "region.zone_form")
}

// isAddress reports whether text is an http or https address of a host and optionally
// a port.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || !isHost(u.Hostname()) {
		return false
	}
	port, err := strconv.ParseUint(cmp.Or(u.Port(), "443"), 10, 16)
	if err != nil || port == 0 {
		return false
	}
	return text == u.Scheme+"://"+u.Host && !strings.HasSuffix(text, ":")
}

func isHost(host string) bool { return len(host) <= longestHost && hostForm.MatchString(host) }

// bare returns the host of a request without port and final dot.
func bare(host string) string {
	host, _, _ = strings.Cut(strings.ToLower(host), ":")
	host = strings.TrimSuffix(host, ".")
	if !isHost(host) {
		return ""
	}
	return host
}
