package index

import (
	"encoding/json"
	"fmt"

	"siida.id/internal/base/day"
	"siida.id/internal/innovation"
)

// Facts are what the index of a day comes from, and nothing that follows from
// it. They are kept as JSON, so that names of fields are for ever.
type Facts struct {
	Agencies    []Agency `json:"agencies"`    // the living, and those that own something, by name
	Innovations []Held   `json:"innovations"` // all of the region, by name
	Region      Levels   `json:"region"`      // of the region's own indicators
}

// Agency is one perangkat daerah by the name that it had.
type Agency struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// Held is an innovation with its owner and answers.
type Held struct {
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

// Levels are chosen options by the code of the indicator: those that evidence
// proves, and those that have none yet.
type Levels struct {
	Proven   map[string]int `json:"proven,omitempty"`
	Unproven map[string]int `json:"unproven,omitempty"`
}

// Claim is an option that was chosen, of an innovation or, where InnovationID
// is empty, of the region.
type Claim struct {
	InnovationID string
	Code         string // of the indicator
	Level        int
	Proven       bool // at least one document proves it
}

func (l *Levels) add(c Claim) {
	to := &l.Unproven
	if c.Proven {
		to = &l.Proven
	}
	if *to == nil {
		*to = map[string]int{}
	}
	(*to)[c.Code] = c.Level
}

// profile is the innovation as far as eligibility and lists need it.
func (h Held) profile(agencyName string) innovation.Innovation {
	return innovation.Innovation{
		ID: h.ID, AgencyID: h.AgencyID, AgencyName: agencyName, Name: h.Name, Affair: h.Affair,
		TriedOn: h.TriedOn, AppliedOn: h.AppliedOn, DevelopedOn: h.DevelopedOn, State: h.State,
	}
}

// gather puts claims to what they are about. A claim of an innovation that is
// not listed is nothing.
func gather(agencies []Agency, innovations []Held, claims []Claim) Facts {
	f := Facts{Agencies: agencies, Innovations: innovations}
	at := make(map[string]int, len(innovations))
	for i, h := range innovations {
		at[h.ID] = i
	}
	for _, c := range claims {
		if c.InnovationID == "" {
			f.Region.add(c)
		} else if i, known := at[c.InnovationID]; known {
			f.Innovations[i].add(c)
		}
	}
	return f
}

func (f Facts) encode() (string, error) {
	text, err := json.Marshal(f) // writes the keys of a map in order
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
