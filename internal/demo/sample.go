package demo

import "embed"

// The pictures are drawn, say CONTOH in large letters, and except for the bad
// example have a made-up time and place, as a camera writes them (EXIF).
//
//go:embed samples
var samples embed.FS

// pictures are the samples that may prove an answer.
var pictures = []string{"activity.jpg", "app.jpg", "service.jpg", "summary.jpg"}

// Sample returns a file of the folder samples, such as "crest.png".
func Sample(name string) ([]byte, error) { return samples.ReadFile("samples/" + name) }

// picture returns the name of the one that proves an answer.
func (w world) picture(p periodRow, a act) string {
	return pictures[dice(w.Seed, "picture", p.ID, w.Innovations[a.innovation].Name, a.row.Code).IntN(len(pictures))]
}
