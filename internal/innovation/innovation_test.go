package innovation_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"siida.id/internal/base/day"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
)

func TestStage(t *testing.T) {
	for _, tt := range []struct {
		tried, applied day.Day
		want           innovation.Stage
	}{
		{"", "", innovation.Initiative},
		{"2024-01-01", "", innovation.Trial},
		{"", "2024-01-01", innovation.Application},
		{"2023-01-01", "2024-01-01", innovation.Application},
	} {
		if got := (innovation.Innovation{TriedOn: tt.tried, AppliedOn: tt.applied}).Stage(); got != tt.want {
			t.Errorf("tried %q, applied %q: %s, want %s", tt.tried, tt.applied, got, tt.want)
		}
	}
}

// The cases are shared with the test of the word count in browsers, in package app.
func TestWords(t *testing.T) {
	file, err := os.ReadFile("testdata/words.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct {
		Text  string
		Words int
	}
	if err := json.Unmarshal(file, &rows); err != nil || len(rows) < 20 {
		t.Fatal(len(rows), err)
	}
	for _, row := range rows {
		if got := innovation.Words(row.Text); got != row.Words {
			t.Errorf("Words(%q) = %d, want %d", row.Text, got, row.Words)
		}
	}
}

func TestDesignWordsCountsAllParts(t *testing.T) {
	i := innovation.Innovation{Design: "satu dua", Profile: innovation.Profile{
		Law: "tiga", Problem: "empat -", GlobalIssue: "lima", NationalIssue: "enam", LocalIssue: "tujuh", Method: "delapan", Novelty: "sembilan 10",
		Aim: "bukan bagian rancang bangun", Benefit: "bukan", Result: "bukan",
	}}
	if n := i.DesignWords(); n != 10 || innovation.FormOf(i).DesignWords() != n {
		t.Errorf("%d words, want 10", n)
	}
}

// What is to be applied later does not count before its day (B3).
func TestCaseB3CountsFromItsDay(t *testing.T) {
	first, last, yes := "2024-01-01", "2026-12-31", true
	rule := instrument.Eligibility{Counting: instrument.Stated[[]string]{Value: []string{"Penerapan"}}}
	rule.AppliedFrom.Value, rule.AppliedTo.Value, rule.Developed.Value = &first, &last, &yes
	for _, tt := range []struct {
		applied, developed, on day.Day
		want                   string
		counts                 bool
	}{
		{"2026-12-31", "", "2026-11-30", "innovation.eligible_future", false},
		{"2026-12-31", "", "2026-12-31", "innovation.eligible", true},
		{"2026-12-31", "", "", "innovation.eligible", true},
		{"2026-11-30", "", "2026-11-30", "innovation.eligible", true},
		{"2023-01-01", "2026-12-31", "2026-11-30", "innovation.eligible_early", false},
		{"2023-01-01", "2026-12-31", "2026-12-31", "innovation.eligible_developed", true},
		{"2027-01-01", "", "2026-11-30", "innovation.eligible_future", false},
		{"2027-01-01", "", "2027-01-01", "innovation.eligible_late", false},
	} {
		got := innovation.Innovation{AppliedOn: tt.applied, DevelopedOn: tt.developed}.Eligible(rule, tt.on)
		if got.Key != tt.want || got.Counts != tt.counts {
			t.Errorf("applied %s, developed %q, on %q: %+v", tt.applied, tt.developed, tt.on, got)
		}
	}
}

func TestEligible(t *testing.T) {
	const first, last = "2024-01-01", "2025-12-31"
	for _, tt := range []struct {
		from, to       string // empty is unknown
		counting       []string
		tried, applied day.Day
		want           string
		counts         bool
	}{
		{first, last, []string{"Penerapan"}, "", "", "innovation.eligible_stage", false},
		{first, last, []string{"Penerapan"}, first, "", "innovation.eligible_stage", false},
		{first, last, []string{"Penerapan"}, "", "2023-12-31", "innovation.eligible_early", false},
		{first, last, []string{"Penerapan"}, "", first, "innovation.eligible", true},
		{first, last, []string{"Penerapan"}, "2020-01-01", last, "innovation.eligible", true},
		{first, last, []string{"Penerapan"}, "", "2026-01-01", "innovation.eligible_late", false},
		{"", last, []string{"Penerapan"}, "", "1945-08-17", "innovation.eligible", true},
		{"", last, []string{"Penerapan"}, "", "2026-01-01", "innovation.eligible_late", false},
		{first, "", []string{"Penerapan"}, "", "9999-12-31", "innovation.eligible", true},
		{first, "", []string{"Penerapan"}, "", "2023-12-31", "innovation.eligible_early", false},
		{"", "", []string{"Penerapan"}, "", "1945-08-17", "innovation.eligible_unknown", true},
		{"", "", []string{"Penerapan"}, first, "", "innovation.eligible_stage", false},
		{first, last, []string{"Uji Coba", "Penerapan"}, first, "", "innovation.eligible_stage", false}, // the window needs the day it was applied
		{first, last, nil, "", first, "innovation.eligible_stage", false},
	} {
		rule := instrument.Eligibility{Counting: instrument.Stated[[]string]{Value: tt.counting}}
		if tt.from != "" {
			rule.AppliedFrom.Value = &tt.from
		}
		if tt.to != "" {
			rule.AppliedTo.Value = &tt.to
		}
		got := innovation.Innovation{TriedOn: tt.tried, AppliedOn: tt.applied}.Eligible(rule, "")
		want := innovation.Verdict{Counts: tt.counts, Key: tt.want, Day: tt.applied, From: day.Day(tt.from), To: day.Day(tt.to)}
		want.Cohort, _, _ = strings.Cut(string(tt.applied), "-")
		if got != want {
			t.Errorf("tried %q, applied %q in %q to %q: %+v, want %+v", tt.tried, tt.applied, tt.from, tt.to, got, want)
		}
	}
}
