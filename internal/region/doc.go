// Package region has the list of regions of this installation.
//
// Usually there is one region, which answers under every host name. A province that
// hosts its regencies adds more, each with a host name of its own; before sign-in the
// region of a request is found by the host name alone. Regions are added on the
// command line by the owner of the installation, never on a page.
//
// A region has a public address and a time zone. The host name is that of the
// address; issued reports print the address, never the host of a request. Its days
// begin and end in its zone (package zone).
//
// The list is the only data not stored per region. regionsql is its adapter.
package region
