// Package report is the index of a period on paper and in a workbook, and the
// register of those that were issued.
//
// Whoever may see the index may download it as a draft (konsep): what they may
// not open on the page is not in the file either. A draft is made when it is
// asked for, says that it is one, has no number, and is not kept.
//
// BRIDA and the administrator set up the letterhead (kop naskah) of the region:
// its lines and crest, the pattern of numbers, and who signs. From then on they can
// issue a report. It takes the next number of the year, and its bytes are kept:
// an issued report never changes, whatever becomes of the answers or of the
// letterhead. Those who look after the region read the register.
//
// The package asks for what it needs through Store, file.Service, Log and
// uow.Transactor; reportsql and reportweb are its adapters. reportweb lays files
// out with infra/pdf and infra/sheet, since only pages know words.
package report
