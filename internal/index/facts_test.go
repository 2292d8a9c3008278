package index_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"siida.id/internal/index"
	"siida.id/internal/innovation"
)

// The stored facts of closed years remain readable.
func TestStoredFormOfFacts(t *testing.T) {
	facts := index.Facts{
		Agencies: []index.Agency{{ID: "a1", Name: "Dinas", Kind: "dinas"}},
		Innovations: []index.InnovationFacts{
			{
				ID: "i1", AgencyID: "a1", Name: "Keliling", Affair: "Kesehatan", TriedOn: "2024-01-02", AppliedOn: "2024-02-03", DevelopedOn: "2025-03-04",
				Levels: index.Levels{Proven: index.Choices{{Code: "SID-16", Level: 3}, {Code: "SID-17", Level: 1}}, Unproven: index.Choices{{Code: "SID-18", Level: 2}}},
			},
			{ID: "i2", AgencyID: "a1", Name: "Adem", State: innovation.Archived},
		},
		Region: index.Levels{Proven: index.Choices{{Code: "SPD-01", Level: 2}}},
	}
	const text = `{"agencies":[{"id":"a1","name":"Dinas","kind":"dinas"}],` +
		`"innovations":[{"id":"i1","agency":"a1","name":"Keliling","affair":"Kesehatan","tried":"2024-01-02","applied":"2024-02-03","developed":"2025-03-04",` +
		`"proven":{"SID-16":3,"SID-17":1},"unproven":{"SID-18":2}},{"id":"i2","agency":"a1","name":"Adem","affair":"","state":"arsip"}],` +
		`"region":{"proven":{"SPD-01":2}}}`
	written, err := json.Marshal(facts)
	if err != nil || string(written) != text {
		t.Errorf("%v:\n%s\nwant\n%s", err, written, text)
	}
	var read index.Facts
	if err := json.Unmarshal([]byte(text), &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(facts, read); diff != "" {
		t.Error(diff)
	}
}

// Choices behave like a map of codes, also in JSON.
func TestChoices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("SID-%d", rapid.IntRange(1, 40).Draw(t, "row")) })
		byCode := rapid.MapOf(code, rapid.IntRange(1, 5)).Draw(t, "choices")
		var c index.Choices
		for _, code := range slices.Sorted(maps.Keys(byCode)) {
			c = append(c, index.Choice{Code: code, Level: byCode[code]})
		}
		if code := code.Draw(t, "asked"); c.Of(code) != byCode[code] {
			t.Errorf("Of(%s) = %d, want %d", code, c.Of(code), byCode[code])
		}
		got, err := json.Marshal(c)
		want, _ := json.Marshal(byCode)
		if err != nil || string(got) != string(want) {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
		var again index.Choices
		if err := json.Unmarshal(want, &again); err != nil || !slices.Equal(again, c) {
			t.Errorf("%v, %v; want %v", again, err, c)
		}
	})
}
