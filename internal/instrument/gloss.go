package instrument

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
)

//go:embed gloss/*/*.json
var glosses embed.FS

// Gloss has the meaning of texts of packs in another language, by text, so that it
// applies to later packs that repeat a text. It is no part of a pack; the Indonesian
// text is the valid one.
type Gloss map[string]string

// glossary is a file of glosses of one pack.
type glossary struct {
	Pack      string              `json:"pack"`
	Variables map[string]string   `json:"variables"`
	Rows      map[string]glossRow `json:"rows"`
}

type glossRow struct {
	Name         string            `json:"name"`
	Question     string            `json:"question"`
	Proof        string            `json:"proof,omitzero"`
	Options      []string          `json:"options"`
	Alternatives map[string]string `json:"alternatives,omitzero"` // the names of its bases
}

// Gloss returns all glosses in a language; it is empty for most languages.
func (l *Library) Gloss(lang string) (Gloss, error) {
	names, err := fs.Glob(glosses, path.Join("gloss", lang, "*.json"))
	if err != nil {
		return nil, err
	}
	all := Gloss{}
	for _, name := range names {
		text, err := fs.ReadFile(glosses, name)
		if err != nil {
			return nil, err
		}
		if err := all.read(l, text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return all, nil
}

// read adds a file. The error joins all its entries that do not belong to its pack.
func (g Gloss) read(l *Library, text []byte) error {
	var file glossary
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return err
	}
	pack, known := l.ByID(file.Pack)
	if !known {
		return fmt.Errorf("unknown pack %q", file.Pack)
	}
	var faults []error
	for code, gloss := range file.Variables {
		v, known := pack.Variable(code)
		if !known {
			faults = append(faults, fmt.Errorf("unknown variable %q", code))
			continue
		}
		faults = append(faults, g.add(code, v.Name, gloss))
	}
	for code, row := range file.Rows {
		i, known := pack.Indicator(code)
		if !known {
			faults = append(faults, fmt.Errorf("unknown indicator %q", code))
			continue
		}
		faults = append(faults, g.addRow(i, row))
	}
	return errors.Join(faults...)
}

func (g Gloss) addRow(i *Indicator, row glossRow) error {
	faults := []error{g.add(i.Code, i.Name, row.Name), g.add(i.Code, i.Definition, row.Question)}
	if row.Proof != "" {
		if i.Evidence == nil {
			faults = append(faults, fmt.Errorf("%s has no evidence to explain", i.Code))
		} else {
			faults = append(faults, g.add(i.Code, i.Evidence.Description, row.Proof))
		}
	}
	if len(row.Options) != len(i.Options) {
		return errors.Join(append(faults, fmt.Errorf("%s has %d options, not %d", i.Code, len(i.Options), len(row.Options)))...)
	}
	for at, o := range i.Options {
		faults = append(faults, g.add(i.Code, o.Text, row.Options[at]))
	}
	known := map[string]string{}
	for _, a := range i.Alternatives {
		known[a.Code] = a.Name
	}
	for code, gloss := range row.Alternatives {
		faults = append(faults, g.add(i.Code+" "+code, known[code], gloss))
	}
	return errors.Join(faults...)
}

// add refuses an empty text, an empty gloss, and a second, different gloss of a text.
func (g Gloss) add(subject, text, gloss string) error {
	switch have, twice := g[text]; {
	case text == "" || gloss == "":
		return fmt.Errorf("%s: %q is explained by %q", subject, text, gloss)
	case twice && have != gloss:
		return fmt.Errorf("%s: %q is explained by %q and by %q", subject, text, have, gloss)
	}
	g[text] = gloss
	return nil
}
