package scoringcli

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"siida.id/internal/base/jsondoc"
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

// refusal is the first fault of a document.
type refusal struct {
	path jsondoc.Path
	key  string
	args map[string]any
}

func (r *refusal) Error() string { return r.path.String() + ": " + r.key }

func refuse(path jsondoc.Path, key string) *refusal { return &refusal{path: path, key: key} }

func (r *refusal) with(name string, value any) *refusal {
	if r.args == nil {
		r.args = map[string]any{}
	}
	r.args[name] = value
	return r
}

func parse(lib *instrument.Library, text []byte) (document, error) {
	root, err := jsondoc.Parse(text)
	if syntax, ok := errors.AsType[*jsondoc.SyntaxError](err); ok {
		return document{}, refuse("", "scoring.fault_json").with("Line", syntax.Line)
	}
	if err != nil {
		return document{}, err
	}
	if err := shape("", root, "instrument", "spd", "innovations"); err != nil {
		return document{}, err
	}
	doc, err := pick(lib, root)
	if err != nil {
		return document{}, err
	}
	spd, err := doc.levels("", root, "spd", instrument.PerRegion)
	if err != nil {
		return document{}, err
	}
	doc.answers.Region = doc.instrument.Levels(spd)
	return doc, doc.innovations(root)
}

// shape checks that v is an object with no other keys than these.
func shape(at jsondoc.Path, v jsondoc.Value, keys ...string) error {
	if v.Kind != jsondoc.Object {
		return refuse(at, "scoring.fault_object")
	}
	for _, m := range sorted(v) {
		if !slices.Contains(keys, m.Key) {
			return refuse(at.Key(m.Key), "scoring.fault_key")
		}
	}
	return nil
}

// sorted returns the members by key, with equal keys together.
func sorted(v jsondoc.Value) []jsondoc.Member {
	list := slices.Clone(v.Members)
	slices.SortStableFunc(list, func(a, b jsondoc.Member) int { return cmp.Compare(a.Key, b.Key) })
	return list
}

// member returns the value of a key, and refuses a duplicate key.
func member(at jsondoc.Path, v jsondoc.Value, key string) (below jsondoc.Value, ok bool, err error) {
	below, times := v.Find(key)
	if times > 1 {
		return below, true, refuse(at.Key(key), "scoring.fault_twice")
	}
	return below, times == 1, nil
}

func pick(lib *instrument.Library, root jsondoc.Value) (document, error) {
	v, _, err := member("", root, "instrument")
	if err != nil {
		return document{}, err
	}
	key := "scoring.fault_instrument_missing"
	if v.Kind == jsondoc.String {
		if p, ok := lib.ByID(v.Text); ok {
			return document{instrument: scoring.Compile(p)}, nil
		}
		key = "scoring.fault_instrument"
	}
	var known []string
	for _, p := range lib.All() {
		known = append(known, p.ID)
	}
	return document{}, refuse("instrument", key).with("Known", strings.Join(known, ", "))
}

// levels reads an object of answers; without it nothing is answered.
func (d *document) levels(at jsondoc.Path, v jsondoc.Value, key string, scope instrument.Scope) (func(string) int, error) {
	none := func(string) int { return 0 }
	answers, ok, err := member(at, v, key)
	if err != nil || !ok {
		return none, err
	}
	at = at.Key(key)
	if answers.Kind != jsondoc.Object {
		return none, refuse(at, "scoring.fault_object")
	}
	p := d.instrument.Pack()
	aspect := p.Aspect(scope).Code
	levels := map[string]int{}
	for _, m := range sorted(answers) {
		row, ok := p.Indicator(m.Key)
		if !ok || row.Aspect != aspect {
			return none, refuse(at.Key(m.Key), "scoring.fault_code").with("Aspect", aspect).with("Instrument", p.ID)
		}
		if levels[m.Key] != 0 {
			return none, refuse(at.Key(m.Key), "scoring.fault_twice")
		}
		if levels[m.Key], ok = level(m.Value, len(row.Options)); !ok {
			return none, refuse(at.Key(m.Key), "scoring.fault_answer").with("Last", len(row.Options))
		}
	}
	return func(code string) int { return levels[code] }, nil
}

var whole = regexp.MustCompile(`^[1-9][0-9]*$`)

// level parses an answer of digits only; 1.0 and 1e0 are refused.
func level(v jsondoc.Value, last int) (int, bool) {
	if v.Kind != jsondoc.Number || !whole.MatchString(v.Text) {
		return 0, false
	}
	n, err := strconv.Atoi(v.Text)
	return n, err == nil && n <= last
}

func (d *document) innovations(root jsondoc.Value) error {
	list, ok, err := member("", root, "innovations")
	if err != nil || !ok {
		return err
	}
	if list.Kind != jsondoc.Array {
		return refuse("innovations", "scoring.fault_list")
	}
	taken := map[string]bool{}
	for i, v := range list.Items {
		at := jsondoc.Path("innovations").Index(i)
		if err := shape(at, v, "id", "urusan", "answers"); err != nil {
			return err
		}
		if err := d.id(at, v, taken); err != nil {
			return err
		}
		affair, err := d.affair(at, v)
		if err != nil {
			return err
		}
		levels, err := d.levels(at, v, "answers", instrument.PerInnovation)
		if err != nil {
			return err
		}
		d.answers.Innovations = append(d.answers.Innovations, scoring.Innovation{Affair: affair, Levels: d.instrument.InnovationLevels(levels)})
	}
	return nil
}

func (d *document) id(at jsondoc.Path, v jsondoc.Value, taken map[string]bool) error {
	id, _, err := member(at, v, "id")
	switch {
	case err != nil:
		return err
	case id.Kind != jsondoc.String || id.Text == "":
		return refuse(at.Key("id"), "scoring.fault_id")
	case taken[id.Text]:
		return refuse(at.Key("id"), "scoring.fault_id_twice")
	}
	taken[id.Text] = true
	d.ids = append(d.ids, id.Text)
	return nil
}

func (d *document) affair(at jsondoc.Path, v jsondoc.Value) (scoring.Affair, error) {
	name, _, err := member(at, v, "urusan")
	if err != nil {
		return 0, err
	}
	if name.Kind != jsondoc.String {
		return 0, refuse(at.Key("urusan"), "scoring.fault_affair_missing")
	}
	affair, ok := d.instrument.Affair(name.Text)
	if !ok {
		return 0, refuse(at.Key("urusan"), "scoring.fault_affair").with("Instrument", d.instrument.Pack().ID)
	}
	return affair, nil
}
