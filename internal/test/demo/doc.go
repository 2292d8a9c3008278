// Package demo checks the made-up regency, its pages and its files.
package demo
