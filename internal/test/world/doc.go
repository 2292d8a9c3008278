// Package world has the fixtures for tests of the whole program: two regions with
// everything twice, the demo's regency, or nothing. Each is built once per
// process and engine, and a test gets its own copy.
package world
