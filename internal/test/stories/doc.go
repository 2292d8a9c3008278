// Package stories has whole requests that follow one another, and what must be
// true of each answer.
package stories
