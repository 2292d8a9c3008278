// Package backupcli prints the results of siida backup and siida restore.
package backupcli
