// Package report has the index of a period as PDF and workbook, and the register of
// issued reports.
//
// Anybody who may read the index may download it as a draft (konsep), which has
// nothing that they may not read on the page. A draft is generated on request, is
// marked as one, has no number, and is not stored.
//
// BRIDA and the administrator set up the letterhead (kop naskah) of the region: its
// lines and crest, the pattern of numbers, and the signer. Then they can issue a
// report. It gets the next number of the year, and its files are stored: an issued
// report never changes, whatever happens to the answers or the letterhead. People
// with duties for the whole region read the register.
//
// The package depends on the interfaces Store, Log and uow.Transactor, and on
// file.Service; reportsql and reportweb are its adapters. reportweb generates the
// files with infra/pdf and infra/sheet, since only pages translate texts.
package report
