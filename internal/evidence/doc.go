// Package evidence keeps what agencies answer to the indicators of a period,
// and what proves it.
//
// An answer is the option that an agency claims for one indicator of one
// innovation in one period. A document is a letter, a picture or a film with
// its file, and belongs to an innovation; a use says that it proves an
// indicator in a period, and one document may have several. An answer earns
// its points only while it has a use: without evidence it counts nothing.
//
// A file arrives before its form is looked at, is kept byte for byte and is
// never changed. Taking a document off an indicator ends the use, not the document.
//
// The package asks for what it needs through Store, Files, Log and
// uow.Transactor; evidencesql and evidenceweb are its adapters, and
// infra/blob and infra/filetype serve as Files.
package evidence
