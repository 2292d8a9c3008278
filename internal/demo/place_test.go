package demo

import "testing"

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
		if got, want := w.middle(agency), hundredths(w.Places[kecamatan]); got != want {
			t.Errorf("%s is around %v, want %v", agency, got, want)
		}
	}
	for _, a := range w.Agencies {
		if _, known := w.Places[a.In]; a.In != "" && !known {
			t.Errorf("%s is in %s, which is nowhere", a.Name, a.In)
		}
		if a.Kind == "kecamatan" && w.middle(a.Key) == (spot{}) {
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
