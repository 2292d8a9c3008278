// Package region keeps the list of regions that this installation serves.
//
// One region is the normal case, and then it answers under every host name. A
// province that hosts its regencies adds more, each under a host name of its
// own; until somebody signs in, the host name alone says which region is meant.
// Regions are added on the command line, by the owner of the installation: no
// page makes one, and no administrator of a region needs to know the others.
//
// This is the one feature that does not ask the actor for his region, because
// it is what regions are found in. regionsql is its adapter.
package region
