package index

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"siida.id/internal/base/day"
	"siida.id/internal/innovation"
)

// Facts are all inputs of the index of a day, without derived figures. They are
// stored as JSON, so the field names never change.
type Facts struct {
	Agencies    []Agency          `json:"agencies"`    // existing ones, and ended ones that own something, by name
	Innovations []InnovationFacts `json:"innovations"` // all of the region, by name
	Region      Levels            `json:"region"`      // of the region's own indicators

	// On is the day on which they were read: what was to be applied later did not count.
	// Empty in those stored by version 0.1, where it did; a stored index does not change.
	On day.Day `json:"on,omitempty"`
}

// Agency is an agency with its name at the time.
type Agency struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// InnovationFacts is an innovation with its owner and answers.
type InnovationFacts struct {
	ID          string           `json:"id"`
	AgencyID    string           `json:"agency"`
	Name        string           `json:"name"`
	Affair      string           `json:"affair"`
	TriedOn     day.Day          `json:"tried,omitempty"`
	AppliedOn   day.Day          `json:"applied,omitempty"`
	DevelopedOn day.Day          `json:"developed,omitempty"`
	State       innovation.State `json:"state,omitempty"`
	Levels
}

// Levels are the chosen options: those with evidence, and those without.
type Levels struct {
	Proven   Choices `json:"proven,omitempty"`
	Unproven Choices `json:"unproven,omitempty"`
}

// Choices are chosen options, one for each indicator, by its code. In JSON they
// are an object with the codes as names.
type Choices []Choice

// Choice is the option chosen for an indicator, from 1.
type Choice struct {
	Code  string // of the indicator
	Level int
}

// ChoicesOf returns the choices of a map by indicator code.
func ChoicesOf(byCode map[string]int) Choices {
	c := slices.Grow(Choices(nil), len(byCode))
	for code, level := range byCode {
		c = append(c, Choice{code, level})
	}
	slices.SortFunc(c, func(a, b Choice) int { return strings.Compare(a.Code, b.Code) })
	return c
}

// Of returns the option chosen for an indicator, or 0.
func (c Choices) Of(code string) int {
	if i, found := slices.BinarySearchFunc(c, code, func(one Choice, code string) int { return strings.Compare(one.Code, code) }); found {
		return c[i].Level
	}
	return 0
}

// MarshalJSON implements json.Marshaler.
func (c Choices) MarshalJSON() ([]byte, error) {
	byCode := make(map[string]int, len(c))
	for _, one := range c {
		byCode[one.Code] = one.Level
	}
	return json.Marshal(byCode) // in the order of the codes
}

// UnmarshalJSON implements json.Unmarshaler.
func (c *Choices) UnmarshalJSON(text []byte) error {
	var byCode map[string]int
	if err := json.Unmarshal(text, &byCode); err != nil {
		return err
	}
	*c = ChoicesOf(byCode)
	return nil
}

// profile returns the innovation's fields for eligibility and lists.
func (h InnovationFacts) profile(agencyName string) innovation.Innovation {
	return innovation.Innovation{
		ID: h.ID, AgencyID: h.AgencyID, AgencyName: agencyName, Name: h.Name, Affair: h.Affair,
		TriedOn: h.TriedOn, AppliedOn: h.AppliedOn, DevelopedOn: h.DevelopedOn, State: h.State,
	}
}

func (f Facts) encode() (string, error) {
	text, err := json.Marshal(f)
	if err != nil {
		return "", fmt.Errorf("facts: %w", err)
	}
	return string(text), nil
}

func decode(text string) (f Facts, err error) {
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return Facts{}, fmt.Errorf("facts: %w", err)
	}
	return f, nil
}
