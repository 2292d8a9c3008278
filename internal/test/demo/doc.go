// Package demo holds the made-up regency, its pages and its papers against what
// they are to show.
package demo
