// Package evidence has the answers of agencies to the indicators of a period, and the
// evidence that proves them.
//
// An answer is the option that an agency claims for one indicator of one innovation
// in one period. It is finished when it is proven, or when a person has marked that
// nothing will be added (question.State). A document is a letter, a picture or
// a film with its file, or a link without one, and belongs to an innovation; a use
// says that it proves an indicator in a period, and a document may have several. An
// answer earns points only while it has a use. Summaries of the answers are stored,
// and read by pages, gates and the index (summary.go).
//
// A file is uploaded before its form is complete, is stored unchanged and never
// changes. Detaching a document from an indicator ends the use, not the document.
// Every opening of a document is logged, and a pimpinan gives a reason first; the
// program itself never follows a link. While a period is closed, or the agency's
// window is over, answers and evidence can be read and not changed.
//
// The head of the agency endorses the innovation, and so does the head of the agency
// above if the region's settings require it. An endorsement is for the profile, the
// answers and the documents as they were shown: if one of them changes it is no
// longer valid, and they are asked again (endorsement.go).
//
// The package depends on the interfaces Store, Posts, Log and uow.Transactor, and on
// file.Service; evidencesql and evidenceweb are its adapters, and account.Service
// implements Posts.
package evidence
