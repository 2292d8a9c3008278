package demo

import (
	"testing"
	"time"

	"siida.id/internal/instrument"
)

// Every agency is in a kecamatan whose place is known: its own, that of the
// agency above it, or the seat of the regency.
func TestAround(t *testing.T) {
	w, err := read()
	if err != nil {
		t.Fatal(err)
	}
	for agency, kecamatan := range map[string]string{
		"natar": "natar", "pkm-hajimena": "natar", "desa-pasuruan": "penengahan", "uptd-jalan": "kalianda", "smp-pesisir": "sragi", "tapem": "kalianda",
	} {
		if got, want := w.around(agency), hundredths(w.Places[kecamatan]); got != want {
			t.Errorf("%s is around %v, want %v", agency, got, want)
		}
	}
	for _, a := range w.Agencies {
		if _, known := w.Places[a.In]; a.In != "" && !known {
			t.Errorf("%s is in %s, which is nowhere", a.Name, a.In)
		}
		if a.Kind == "kecamatan" && w.around(a.Key) == (spot{}) {
			t.Errorf("%s is nowhere", a.Name)
		}
	}
	for key, at := range w.Places { // the borders of the regency
		if at[0] < -590 || at[0] > -518 || at[1] < 10510 || at[1] > 10584 {
			t.Errorf("%s is at %v, outside", key, at)
		}
	}
}

func TestSpotIsTyped(t *testing.T) {
	at := spot{-568_004, 10_559_090}
	if at.latitude() != "-5.68004" || at.longitude() != "105.59090" {
		t.Errorf("%s, %s", at.latitude(), at.longitude())
	}
	for range 5 {
		if one := at.within(3, 1, "x"); one != at.within(3, 1, "x") || one == at.within(3, 1, "y") || one.lat-at.lat > 3 || at.lat-one.lat > 3 {
			t.Errorf("%v is thrown from %v", one, at)
		}
	}
}

// A picture is taken where the innovation is at work, on the day of the
// evidence, and is there before it is sent.
func TestShots(t *testing.T) {
	w, err := read()
	if err != nil {
		t.Fatal(err)
	}
	packs, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var before []act
	pictures, places := 0, map[Shot]bool{}
	for _, p := range w.Periods {
		pack, _ := packs.ByID(p.Pack)
		before = w.plan(p, rows(pack), before)
		for _, a := range before {
			if a.proof != fresh || !a.picture() {
				continue
			}
			pictures++
			s, err := w.shot(p, a)
			if err != nil {
				t.Fatal(err)
			}
			sent, err := time.Parse(time.RFC3339, p.Days[a.day]+"T"+morning)
			if err != nil || !s.Taken.Before(sent) || s.Taken.Format(time.DateOnly) != string(a.dated) {
				t.Errorf("taken at %v for evidence of %s, sent at %v (%v)", s.Taken, a.dated, sent, err)
			}
			at := w.spot(w.Innovations[a.innovation])
			if max(s.Lat-at.lat, at.lat-s.Lat, s.Lon-at.lon, at.lon-s.Lon) > 50 {
				t.Errorf("%s is at %v, and a picture of it from %v", w.Innovations[a.innovation].Name, at, s)
			}
			places[Shot{Lat: s.Lat, Lon: s.Lon}] = true
		}
	}
	if pictures < 100 || len(places) < pictures*9/10 {
		t.Errorf("%d pictures of %d places", pictures, len(places))
	}
}
