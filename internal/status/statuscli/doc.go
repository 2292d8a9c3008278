// Package statuscli prints the report of siida check.
package statuscli
