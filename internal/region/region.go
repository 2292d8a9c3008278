package region

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"siida.id/internal/base/fault"
)

// Region is a province, regency or city.
type Region struct {
	Code   string // the ministry's, such as 18.01; region_id everywhere else
	Name   string
	Host   string // the host name it answers under; empty where it is the only region
	Sample bool   // made up, and every page says so
}

// Store keeps the list of regions.
type Store interface {
	// Add stores a new region; its code and host are free, or it is a Conflict.
	Add(ctx context.Context, r Region) error
	// ByHost returns the region with that host, or the only region there is;
	// without either it is NotFound.
	ByHost(ctx context.Context, host string) (Region, error)
	// SetHost replaces the host of the region with that code, or takes it away
	// where it is empty; NotFound without such a region, Conflict for a host
	// that another one has.
	SetHost(ctx context.Context, code, host string) error
	// LockShared and Lock lock the region with that code until the transaction
	// ends, and return NotFound where there is none.
	LockShared(ctx context.Context, code string) error
	Lock(ctx context.Context, code string) error
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

// check finds the mistakes in r, given the regions there are already.
func (r Region) check(others []Region) error {
	var check fault.Check
	check.That(codeForm.MatchString(r.Code), "code", "region.code_form")
	check.That(r.Name != "", "name", "region.name_missing")
	check.That(utf8.RuneCountInString(r.Name) <= longestName, "name", "region.name_long", fault.Args{"Most": longestName})
	check.That(r.Host == "" || isHost(r.Host), "host", "region.host_form")
	for _, o := range others {
		check.That(r.Code != o.Code, "code", "region.code_taken")
		check.That(r.Host == "" || r.Host != o.Host, "host", "region.host_taken")
	}
	return check.Err()
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
