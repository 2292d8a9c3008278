// Package scenarios runs sequences of whole requests and checks each answer.
package scenarios
