// Package stories runs sequences of whole requests and checks each answer.
package stories
