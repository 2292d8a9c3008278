// Package notify lists what needs doing: for each person the few things that
// come next, with their date, and how far their innovations are.
//
// It owns no table. It asks the features below it, as the person, so it can
// show nothing that they may not open. Digests by mail come later.
package notify
