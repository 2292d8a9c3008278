// Package report is the index of a period on paper and in a workbook.
//
// Whoever may see the index may take his view of it along: what he may not
// open on the page is not in the file either. A report is made when it is asked
// for, from the figures of package index, and keeps nothing.
//
// reportweb lays it out with infra/pdf and infra/sheet.
package report
