package agency

import (
	_ "embed" // kinds.json
	"encoding/json"
	"fmt"
	"sync"
)

// Kind says what sort of agency it is.
type Kind string

// Sort is a kind with its words, by language.
type Sort struct {
	ID    Kind              `json:"id"`
	Label map[string]string `json:"label"`
}

// In is what the kind is called in lang; a word that nobody translated stays as it is.
func (s Sort) In(lang string) string {
	if word := s.Label[lang]; word != "" {
		return word
	}
	return s.Label["id"]
}

//go:embed kinds.json
var kindsFile []byte

var common = sync.OnceValue(func() (list []Sort) {
	if err := json.Unmarshal(kindsFile, &list); err != nil {
		panic(fmt.Sprintf("kinds.json: %v", err)) // the file is part of the program
	}
	return list
})

// Kinds lists the kinds that every region has, in the order in which a regency
// lists its agencies. Service.Sorts adds those of the region.
func Kinds() []Kind {
	list := make([]Kind, 0, len(common()))
	for _, s := range common() {
		list = append(list, s.ID)
	}
	return list
}
