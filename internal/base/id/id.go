// Package id makes the ids of things: they sort by the time they were made,
// and nobody can guess the next.
package id

import "github.com/google/uuid"

// New returns a new id.
func New() string { return uuid.Must(uuid.NewV7()).String() }
