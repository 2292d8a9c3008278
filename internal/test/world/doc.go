// Package world is what tests of the whole program begin with: two regions with
// everything twice, the demo's regency, or nothing. Each is made once per process
// and engine and copied for a test, which may change its own.
package world
