// Package region keeps the list of regions that this installation serves.
//
// One region is the normal case, and then it answers under every host name. A
// province that hosts its regencies adds more, each under a host name of its
// own; until somebody signs in, the host name alone says which region is meant.
// Regions are added on the command line, by the owner of the installation: no
// page makes one, and no administrator of a region needs to know the others.
//
// A region has a public address and a time zone. The host name is that of the
// address; papers that are issued print the address, and never what a browser
// asked for. In the zone its days begin and end (package zone).
//
// This is the one feature that is not kept per region, because it is what regions
// are found in. regionsql is its adapter.
package region
