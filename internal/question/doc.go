// Package question is what the questions of innovations and those of the region have
// in common: where one stands among the indicators that a period asks, how the
// options and the files of its form are read, and how a sheet groups them.
//
// It is pure: it has neither a Store nor a Service. What is answered, and who may
// answer, is decided by evidence and regional, which build on it; questionweb has the
// parts that the pages of both show alike.
package question
