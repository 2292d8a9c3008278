// Package evidence keeps what agencies answer to the indicators of a period,
// and what proves it.
//
// An answer is the option that an agency claims for one indicator of one
// innovation in one period; a person says when it is finished. A document is a
// letter, a picture or a film with its file, or a link without one, and belongs
// to an innovation; a use says that it proves an indicator in a period, and one
// document may have several. An answer earns its points only while it has a use:
// without evidence it counts nothing. How complete an innovation is, is
// kept with its answers and read alike by pages, gates and the index (progress.go).
//
// A file arrives before its form is looked at, is kept byte for byte and is
// never changed. Taking a document off an indicator ends the use, not the
// document. Whoever opens one is remembered, and a pimpinan says why first; the
// program itself never follows a link. While a period is closed, or the
// window of the agency is over, answers and evidence can be read and not changed.
//
// The head of the agency endorses what there is, and the head of the agency above
// too where the region says so. An endorsement is of the very profile, answers and
// documents that they saw: once one of them changes it is no longer valid, and
// they are asked again (endorsement.go).
//
// The package asks for what it needs through Store, file.Service, Posts, Log
// and uow.Transactor; evidencesql and evidenceweb are its adapters, and
// account.Service serves as Posts.
package evidence
