// Package statuscli prints what siida check has found.
package statuscli
