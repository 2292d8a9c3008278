package demo

import (
	"bytes"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"siida.id/internal/instrument"
)

// Every picture is small and marked as made up; the good examples have a time
// and place.
func TestSamples(t *testing.T) {
	const most = 20_000 // bytes
	wrong := "activity-no-banner.jpg"
	for _, name := range append(slices.Clone(pictures), wrong) {
		content, err := Sample(name)
		if err != nil {
			t.Fatal(err)
		}
		if img, err := jpeg.Decode(bytes.NewReader(content)); err != nil || img.Bounds().Dx() != 640 || len(content) > most {
			t.Errorf("%s: %d bytes, %v", name, len(content), err)
		}
		for _, text := range []string{"CONTOH: gambar buatan, tempat dan waktu foto ini rekaan", "+07:00", "WGS-84"} {
			if says := bytes.Contains(content, []byte(text)); says != (name != wrong) {
				t.Errorf("%s says %q: %t", name, text, says)
			}
		}
	}
	content, err := Sample("crest.png")
	if err != nil {
		t.Fatal(err)
	}
	if img, err := png.Decode(bytes.NewReader(content)); err != nil || img.Bounds().Dy() != 1000 || len(content) > most {
		t.Errorf("crest of %d bytes, %v", len(content), err)
	} else if _, _, _, alpha := img.At(0, 0).RGBA(); alpha != 0 {
		t.Error("nothing of the crest can be seen through")
	}
}

// Each picture proves some answers.
func TestPictures(t *testing.T) {
	w, err := read()
	if err != nil {
		t.Fatal(err)
	}
	packs, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, p := range w.Periods {
		pack, known := packs.ByID(p.Pack)
		if !known {
			t.Fatalf("no pack %s", p.Pack)
		}
		for _, a := range w.plan(p, rows(pack), nil) {
			if a.proof == newProof && a.picture() {
				seen[w.picture(p, a)]++
			}
		}
	}
	for _, name := range pictures {
		if seen[name] < 10 {
			t.Errorf("%s proves %d answers", name, seen[name])
		}
	}
}
