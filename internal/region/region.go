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
	"siida.id/internal/base/zone"
)

// Region is a province, regency or city.
type Region struct {
	Code   string // the ministry's, such as 18.01; region_id everywhere else
	Name   string
	URL    string // its public address, such as https://si-ida.lampungselatan.go.id; empty until it is set
	Zone   string // in which its days begin, a name in the time zone database
	Sample bool   // made up, and every page says so
	Quota  int64  // bytes that all its files may take; zero is any amount
}

// Host is the host name of the region's address, by which requests find it; it
// is empty without one.
func (r Region) Host() string { return hostOf(r.URL) }

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Store keeps the list of regions.
type Store interface {
	// Add stores a new region; its code and host are free, or it is a Conflict.
	Add(ctx context.Context, r Region) error
	// ByHost returns the region with that host, or the only region there is;
	// without either it is NotFound.
	ByHost(ctx context.Context, host string) (Region, error)
	// ByCode returns NotFound for a code that no region has.
	ByCode(ctx context.Context, code string) (Region, error)
	// Set replaces address, zone and quota of the region with r's code; NotFound without
	// such a region, Conflict for a host that another one has.
	Set(ctx context.Context, r Region) error
	// LockShared and Lock are ByCode, and lock the region until the transaction ends.
	LockShared(ctx context.Context, code string) (Region, error)
	Lock(ctx context.Context, code string) (Region, error)
	// All lists the regions by code.
	All(ctx context.Context) ([]Region, error)
}

const (
	longestName = 100 // characters
	longestHost = 253 // what the domain name system allows
)

var (
	codeForm = regexp.MustCompile(`^\d{2}(\.\d{2})?$`)
	hostForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`)
)

// normal is r as it is stored: white space goes, an address is in lower case and
// without a slash at its end, a zone has its name in the database.
func (r Region) normal() Region {
	r.Name = strings.Join(strings.Fields(r.Name), " ")
	r.URL = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(r.URL)), "/")
	if name, ok := zone.Parse(r.Zone); ok {
		r.Zone = name
	}
	return r
}

// check finds the mistakes in a new region, given those there are already.
func (r Region) check(others []Region) error {
	var check fault.Check
	check.That(codeForm.MatchString(r.Code), "code", "region.code_form")
	check.That(!slices.ContainsFunc(others, func(o Region) bool { return o.Code == r.Code }), "code", "region.code_taken")
	check.That(r.Name != "", "name", "region.name_missing")
	check.That(utf8.RuneCountInString(r.Name) <= longestName, "name", "region.name_long", fault.Args{"Most": longestName})
	r.checkPlace(&check, others)
	return check.Err()
}

// checkPlace finds the mistakes in r's address and zone.
func (r Region) checkPlace(check *fault.Check, others []Region) {
	check.That(r.URL == "" || isAddress(r.URL), "url", "region.url_form")
	check.That(!slices.ContainsFunc(others, func(o Region) bool {
		return r.Host() != "" && o.Code != r.Code && o.Host() == r.Host()
	}), "url", "region.url_taken")
	_, ok := zone.Parse(r.Zone)
	check.That(ok, "zone", "region.zone_form")
}

// isAddress reports whether a browser finds a program there by scheme and host,
// with a port at most.
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

// bare takes the port and the final dot off what a browser asked for.
func bare(host string) string {
	host, _, _ = strings.Cut(strings.ToLower(host), ":")
	host = strings.TrimSuffix(host, ".")
	if !isHost(host) {
		return ""
	}
	return host
}
