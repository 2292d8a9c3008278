// Package status tells how the installation is: in a few words to a region's
// admin (Look), and thoroughly to whoever keeps the server (Check).
//
// It owns no table; all it changes is that a job that was parked is tried again
// (RetryJob). Look asks the disk, the database and
// the program itself, which takes a moment. Check reads everything: the schema,
// the engine's own pages, every file's bytes against their sum, every chain of
// the audit log, the packs that periods are pinned to, and rows or files that
// nothing belongs to. What it finds is a fault, which somebody has to mend, or
// a remark, which does no harm.
//
// statusweb has the page, statuscli the lines of siida check.
package status
