// Package question has what the questions of innovations and of the region have in
// common: the place of an indicator among those of a period, the state of an answer, how
// the options and files of its form are read, and how a sheet groups indicators.
//
// It is pure: it has neither a Store nor a Service. Answers and permissions are the
// matter of evidence and regional, which use it; questionweb has the parts that the
// pages of both share.
package question
