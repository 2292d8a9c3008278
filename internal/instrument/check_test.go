package instrument_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/instrument"
)

func text(t testing.TB, id string) string {
	t.Helper()
	b, err := os.ReadFile("packs/" + id + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Each row breaks iid-2026 in one place; want is the fault: subject, rule and detail.
var breaks = []struct{ name, old, replacement, want string }{
	{"options out of order", `{"level": 2, "text": "Peraturan Kepala Daerah"}`, `{"level": 3, "text": "x"}`, `SID-16: options out of order: 1, 3, 3 instead of 1 to 3`},
	{"an option missing", `{"level": 1, "text": "Piagam"},`, ``, `SPD-12: options out of order: 2, 3 instead of 1 to 2`},
	{"a code twice", `"code": "SPD-02b"`, `"code": "SPD-02a"`, `SPD-02a: a code twice: indicator`},
	{"the count's code", `"code": "SID-36"`, `"code": "SID-35"`, `SID-35: a code twice: count`},
	{"a weight", `"weight": {"value": 0.75,`, `"weight": {"value": 0.5,`, `SPD: weights do not add up: 62.25, stated 63`},
	{"aspect maximum", `{"value": 111,`, `{"value": 110,`, `SID: weights do not add up: 111, stated 110`},
	{"count maximum", `{"value": 76,`, `{"value": 75,`, `SID-36: weight times cap is not the maximum: 76, stated 75`},
	{"total", `{"value": 250,`, `{"value": 251,`, `total_maximum: maxima do not add up: 250, stated 251`},
	{"five decimals", `{"value": 0.38,`, `{"value": 0.38001,`, `count.weight.value: 0.38001: more than four decimals`},
	{"five decimals of a row", `"weight": {"value": 0.75,`, `"weight": {"value": 0.75001,`, `SPD-05a: weight.value: 0.75001: more than four decimals`},
	{"exponent", `{"value": 0.38,`, `{"value": 38e-2,`, `count.weight.value: "38e-2": not a plain decimal number`},
	{"hole", `"from": 40.01,`, `"from": 40.05,`, `predicates: hole: 40.01 to 40.04`},
	{"overlap", `"from": 40.01,`, `"from": 40,`, `predicates: overlap: 40.00 to 40.00`},
	{"hole at the end", `"to": 100}`, `"to": 99.99}`, `predicates: hole: 100.00 to 100.00`},
	{"beyond the end", `"to": 100}`, `"to": 100.01}`, `predicates: out of bounds: Sangat Inovatif: 65.01 to 100.01`},
	{"thousandths", `"from": 40.01,`, `"from": 40.001,`, `predicates: more than two decimals: Inovatif: 40.001 to 65`},
	{"unknown variable", `"variable": {"value": "INF"`, `"variable": {"value": "XXX"`, `SID-16: unknown variable: "XXX"`},
	{"variable of another aspect", `"variable": {"value": "INF"`, `"variable": {"value": "INS"`, `SID-16: variable of another aspect: INS`},
	{"unknown aspect", `"aspect": "SPD", "name": "Institusi"`, `"aspect": "SPX", "name": "Institusi"`, `INS: unknown aspect: "SPX"`},
	{"unknown source", `"divisor_minimum": {"value": 12, "sources": ["S26a"`, `"divisor_minimum": {"value": 12, "sources": ["S99"`, `divisor_minimum: unknown source: "S99"`},
	{"no source", `"divisor_minimum": {"value": 12, "sources": ["S26a", "S26b"]`, `"divisor_minimum": {"value": 12, "sources": []`, `divisor_minimum: no source`},
	{"unknown certainty", `["S26a", "S24"], "certainty": "confirmed"`, `["S26a", "S24"], "certainty": "sure"`, `minimum_words: unknown certainty: "sure"`},
	{"empty name", `"name": "Opini BPK"`, `"name": " "`, `SPD-08: empty name`},
	{"blank signs as a name", `"name": "Opini BPK"`, `"name": "\u3164\u2800"`, `SPD-08: empty name`},
	{"a control sign in a name", `"name": "Opini BPK"`, `"name": "Opini\u001b[31m BPK"`, `SPD-08: signs that cannot be seen, or letters that are not composed (NFC): "Opini\x1b[31m BPK"`},
	{"a soft hyphen in a name", `"name": "Opini BPK"`, `"name": "Opi\u00adni BPK"`, `SPD-08: signs that cannot be seen`},
	{"a control sign in the name of the pack", `"id": "iid-2026",`, `"id": "iid-2026", "note": "a\u0000",`, `note: signs that cannot be seen`},
	{"https twice", `"name": "Opini BPK"`, `"name": "Opini BPK https://https://bpk.go.id"`, `SPD-08: https:// twice in a link: https://https://bpk.go.id`},
	{"a port", `"name": "Opini BPK"`, `"name": "Opini BPK (https://bpk.go.id:99999/a)."`, `SPD-08: a port of a link that is not from 1 to 65535: https://bpk.go.id:99999/a`},
	{"no host", `"name": "Opini BPK"`, `"name": "Opini BPK https:///a"`, `SPD-08: a link that cannot be opened: https:///a`},
	{"empty option", `"text": "WDP/Qualified"`, `"text": ""`, `SPD-08: empty name`},
	{"no weight", `"weight": {"value": 4,`, `"weight": {"value": 0,`, `SID-35: out of bounds: 0 is not above 0 and at most 1000`},
	{"a huge weight", `"weight": {"value": 4,`, `"weight": {"value": 90000000000,`, `SID-35: out of bounds: 90000000000 is not above 0 and at most 1000`},
	{"divisor of nothing", `"divisor_minimum": {"value": 12`, `"divisor_minimum": {"value": 0`, `divisor_minimum: out of bounds: 0 is not from 1 to 10000`},
	{"gate wider than the affairs", `"gate": {"value": 5`, `"gate": {"value": 7`, `gate: out of bounds: 7 of 6 basic affairs`},
	{"unknown key", `"id": "iid-2026",`, `"id": "iid-2026", "extra": 1,`, `extra: unknown key`},
	{"key of an indicator in other case", `"number": 1,`, `"Number": 1,`, `SPD-01: number: missing`},
	{"a key twice", `"year": 2026,`, `"year": 2026, "year": 2026,`, `year: written twice`},
	{"null where a number has to be", `{"value": 0.38,`, `{"value": null,`, `count.weight.value: "null": not a plain decimal number`},
	{"a second document", "\n}\n", "\n}\n{}", `line `},
	{"id", `"id": "iid-2026"`, `"id": "../2026"`, `id: not lower case letters, digits and hyphens: "../2026"`},
	{"status", `"status": "complete"`, `"status": "final"`, `status: unknown: "final"`},
	{"affair twice", `"Statistik",`, `"Pendidikan",`, `affairs: an entry twice: Pendidikan`},
	{"date", `"2024-01-01"`, `"2024-13-01"`, `eligibility.applied_from: not a date: "2024-13-01"`},
	{"window", `"2024-01-01"`, `"2026-01-01"`, `eligibility: window out of order: 2026-01-01 to 2025-12-31`},
	{"alternative", `{"level": 3, "text": "≥ 501"}`, `{"level": 4, "text": "≥ 501"}`, `SID-33: options out of order: 1, 2, 4 instead of 1 to 3`},
	{"format of no kind", `"kinds": ["photo"], "formats": ["jpeg"`, `"kinds": ["photo"], "formats": ["gif", "jpeg"`, `format of no kind of evidence`},
	{"unknown kind", `"kinds": ["photo"], "formats": ["jpeg"`, `"kinds": ["paper"], "formats": ["jpeg"`, `unknown kind of evidence: "paper"`},
	{"years", `"from": -2, "to": 0`, `"from": 1, "to": 0`, `SID-17: evidence years out of order`},
	{"counting stage", `{"value": ["Penerapan"]`, `{"value": ["Terapan"]`, `eligibility.counting_stages: unknown stage: "Terapan"`},
	{"rounding", `"mode": "half_up"`, `"mode": "half_even"`, `rounding: unknown mode: "half_even"`},
}

func TestReadRefuses(t *testing.T) {
	whole := text(t, "iid-2026")
	for _, tt := range breaks {
		t.Run(tt.name, func(t *testing.T) {
			broken := strings.Replace(whole, tt.old, tt.replacement, 1)
			if broken == whole {
				t.Fatal("nothing was broken")
			}
			_, err := instrument.Check("packs/x.json", []byte(broken))
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "packs/x.json: ") {
				t.Errorf("got %v\nwant %s", err, tt.want)
			}
		})
	}
}

// All faults of a file are returned at once.
func TestReadReturnsAllFaults(t *testing.T) {
	broken := text(t, "iid-2026")
	for old, other := range map[string]string{
		`"from": 40.01,`:                `"from": 41,`,
		`"code": "SPD-02b"`:             `"code": "SPD-02a"`,
		`{"value": 250,`:                `{"value": 260,`,
		`"weight": {"value": 4,`:        `"weight": {"value": 4.00001,`,
		`"divisor_minimum": {"value": `: `"divisor_minimum": {"note": "x", "more": 1, "value": `,
	} {
		broken = strings.Replace(broken, old, other, 1)
	}
	_, err := instrument.Check("x.json", []byte(broken))
	if err == nil {
		t.Fatal("was taken")
	}
	for _, want := range []string{"hole: 40.01 to 40.99", "a code twice", "stated 260", "SID-35: weight.value: 4.00001: more than four decimals", "divisor_minimum.more: unknown key"} {
		if !regexp.MustCompile(`(?m)^x\.json: .*` + regexp.QuoteMeta(want)).MatchString(err.Error()) {
			t.Errorf("%q is missing in\n%v", want, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(text(f, "iid-2023")))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if p, err := instrument.Read("x.json", text); (p == nil) == (err == nil) {
			t.Errorf("pack %v, error %v", p, err)
		}
	})
}
