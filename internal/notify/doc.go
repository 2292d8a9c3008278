// Package notify says what needs doing: for each person the few things that
// come next, with their date, and how far his innovations are.
//
// It owns no table. It asks the features below it, as the person himself, so
// that it can show nothing that he may not open. Digests by mail come later.
package notify
