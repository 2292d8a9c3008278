package agency

import (
	_ "embed" // kinds.json
	"encoding/json"
	"fmt"
	"sync"
)

// Kind is the kind of an agency, such as dinas.
type Kind string

// LabelledKind is a kind with its labels, by language.
type LabelledKind struct {
	ID    Kind              `json:"id"`
	Label map[string]string `json:"label"`
}

// In returns the label of the kind in lang, or the Indonesian one.
func (k LabelledKind) In(lang string) string {
	if word := k.Label[lang]; word != "" {
		return word
	}
	return k.Label["id"]
}

//go:embed kinds.json
var kindsFile []byte

var common = sync.OnceValue(func() (list []LabelledKind) {
	if err := json.Unmarshal(kindsFile, &list); err != nil {
		panic(fmt.Sprintf("kinds.json: %v", err)) // the file is embedded in the program
	}
	return list
})

// Kinds returns the kinds of all regions, in the order in which a regency lists its
// agencies. Service.Kinds adds those of the region.
func Kinds() []Kind {
	list := make([]Kind, 0, len(common()))
	for _, s := range common() {
		list = append(list, s.ID)
	}
	return list
}
