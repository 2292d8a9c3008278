package agency

import (
	"context"
	"slices"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/reference"
	"siida.id/internal/base/text"
)

// Node is an agency with its depth in the tree; that of the top is 0.
type Node struct {
	Agency
	Depth int
}

// Tree orders existing agencies so that each comes before its units. A unit whose
// parent is not among them is at the top.
func Tree(list []Agency) []Node {
	here := map[string]bool{}
	for _, a := range list {
		here[a.ID] = true
	}
	below := map[string][]Agency{}
	for _, a := range list {
		if !here[a.Parent] {
			a.Parent = ""
		}
		below[a.Parent] = append(below[a.Parent], a)
	}
	nodes := make([]Node, 0, len(list))
	var walk func(parent string, depth int)
	walk = func(parent string, depth int) {
		for _, a := range below[parent] {
			nodes = append(nodes, Node{a, depth})
			walk(a.ID, depth+1)
		}
	}
	walk("", 0)
	return nodes
}

// directory has all agencies of the region, read while they are locked.
type directory struct {
	byID    map[string]Agency
	list    []Agency
	kinds   []LabelledKind
	first   map[string]day.Day // the day of an agency's first rename
	changed map[string]day.Day // the day of its last one
}

func (s *Service) load(ctx context.Context) (*directory, error) {
	if err := s.Store.LockAll(ctx); err != nil {
		return nil, err
	}
	w := &directory{byID: map[string]Agency{}, first: map[string]day.Day{}, changed: map[string]day.Day{}}
	var err error
	if w.list, err = s.Store.All(ctx); err != nil {
		return nil, err
	}
	for _, a := range w.list {
		w.byID[a.ID] = a
	}
	renames, err := s.Store.Renames(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range renames {
		w.changed[r.From] = max(w.changed[r.From], r.On)
		if w.first[r.From] == "" { // the oldest comes first
			w.first[r.From] = r.On
		}
	}
	own, err := s.Store.Kinds(ctx)
	w.kinds = append(own, common()...)
	return w, err
}

func (w *directory) knows(k Kind) bool {
	for _, s := range w.kinds {
		if s.ID == k {
			return true
		}
	}
	return false
}

func (w *directory) living(id string) (Agency, error) {
	a, known := w.byID[id]
	switch {
	case !known:
		return Agency{}, fault.New(fault.NotFound, "fault.not_found")
	case !a.Lives():
		return Agency{}, ended(a)
	}
	return a, nil
}

// checkParent adds a mistake for a parent that has ended, or is a itself or a unit of
// it.
func (w *directory) checkParent(check *fault.Check, a Agency) {
	if a.Parent == "" {
		return
	}
	parent, known := w.byID[a.Parent]
	check.That(known && parent.Lives(), "parent", "agency.parent_choose")
	check.That(!w.under(a.Parent, a.ID), "parent", "agency.parent_cycle")
}

// under reports whether id is top or one of the agencies below it.
func (w *directory) under(id, top string) bool {
	for range len(w.byID) + 1 {
		if id == "" || id == top {
			return id != ""
		}
		id = w.byID[id].Parent
	}
	return true // a circle: nothing may be added to it
}

// NamesOn returns the names of the region's agencies on a day, by id. After its end
// an agency has its last name, before its start its first.
func (s *Service) NamesOn(ctx context.Context, on day.Day) (map[string]string, error) {
	if !actor.From(ctx).SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	all, err := s.Store.All(ctx)
	if err != nil {
		return nil, err
	}
	renames, err := s.Store.Renames(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, r := range renames { // the oldest first: the first rename after the day has the name before it
		if _, known := names[r.From]; !known && on < r.On {
			names[r.From] = r.FromName
		}
	}
	for _, a := range all {
		if _, known := names[a.ID]; !known {
			names[a.ID] = a.Name
		}
	}
	return names, nil
}

// NameOn returns the name of one agency on a day.
func (s *Service) NameOn(ctx context.Context, id string, on day.Day) (string, error) {
	names, err := s.NamesOn(ctx, on)
	if err != nil {
		return "", err
	}
	name, known := names[id]
	if !known {
		return "", fault.New(fault.NotFound, "fault.not_found")
	}
	return name, nil
}

// Profile is an agency with related ones.
type Profile struct {
	Agency
	Above []Agency // its parent, that one's parent, and so on
	Units []Agency // the existing ones directly below it
	Acts  []Act    // those that led to it and from it, the newest first
	Rest  []Agency // all existing agencies of the region, including itself
}

// Profile returns an agency with related ones to anybody signed in.
func (s *Service) Profile(ctx context.Context, id string) (Profile, error) {
	all, err := s.AllIncludingEnded(ctx)
	if err != nil {
		return Profile{}, err
	}
	w := &directory{byID: map[string]Agency{}, list: all}
	for _, a := range all {
		w.byID[a.ID] = a
	}
	a, known := w.byID[id]
	if !known {
		return Profile{}, fault.New(fault.NotFound, "fault.not_found")
	}
	p := Profile{Agency: a, Units: w.units(id)}
	for at := p.Parent; at != "" && len(p.Above) < len(all); at = w.byID[at].Parent {
		p.Above = append(p.Above, w.byID[at])
	}
	p.Rest = slices.DeleteFunc(all, func(a Agency) bool { return !a.Lives() })
	p.Acts, err = s.Store.Acts(ctx, id)
	return p, err
}

// Sharing is what an act would transfer from an agency, or end.
type Sharing struct {
	Holdings []Holding
	Units    []Agency
	Posts    []reference.Reference // assignments
	Others   []reference.Reference
}

// Namesake is an innovation whose name one of another agency has too.
type Namesake struct {
	Holding
	AgencyName string
}

// Namesakes returns those among the innovations of some agencies, ordered by name, that
// text.SameName finds in more than one of them. Unknown agencies, and those that have
// ended, are left out.
func (s *Service) Namesakes(ctx context.Context, ids ...string) (list []Namesake, err error) {
	if err := s.CheckAdd(ctx); err != nil {
		return nil, err
	}
	all, err := s.All(ctx)
	if err != nil {
		return nil, err
	}
	type owned struct {
		Namesake
		agencyID string
	}
	alike := map[string][]owned{} // by text.SortKey
	for _, a := range all {
		if !slices.Contains(ids, a.ID) {
			continue
		}
		holdings, err := s.Holdings.Innovations(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		for _, h := range holdings {
			key := text.SortKey(h.Name)
			alike[key] = append(alike[key], owned{Namesake{h, a.Name}, a.ID})
		}
	}
	for _, group := range alike {
		for _, one := range group {
			if slices.ContainsFunc(group, func(o owned) bool { return o.agencyID != one.agencyID && text.SameName(o.Name, one.Name) }) {
				list = append(list, one.Namesake)
			}
		}
	}
	text.SortByName(list, func(n Namesake) (name, id string) { return n.Name, n.ID })
	return list, nil
}

// Sharing returns what an act would transfer from an agency; Conflict if it has
// ended.
func (s *Service) Sharing(ctx context.Context, p Profile) (Sharing, error) {
	if err := s.CheckAdd(ctx); err != nil {
		return Sharing{}, err
	}
	if !p.Lives() {
		return Sharing{}, ended(p.Agency)
	}
	sharing := Sharing{Units: p.Units}
	var err error
	if sharing.Holdings, err = s.Holdings.Innovations(ctx, p.ID); err != nil {
		return Sharing{}, err
	}
	if sharing.Posts, err = s.Staff.OfAgency(ctx, p.ID); err != nil {
		return Sharing{}, err
	}
	for _, room := range s.References {
		list, err := room.OfAgency(ctx, p.ID)
		if err != nil {
			return Sharing{}, err
		}
		sharing.Others = append(sharing.Others, list...)
	}
	return sharing, nil
}
