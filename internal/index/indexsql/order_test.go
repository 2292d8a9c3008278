package indexsql_test

import (
	"context"
	"slices"
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/index/indexsql"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
)

// names are in their order. Byte order would put capitals first, accented letters
// last, and 10 before 9.
var names = []string{
	"2 Jari", "10 Jari", "ANA", "Ánda", "Andi", "andi 9", "Andi 10", "e-Lapor", "Élan", "elang", "Jumat", "jum'at bersih", "Jum’at Sehat", "Sa-rana", "Zaki",
}

// Lists of people, agencies and innovations are ordered by name, equally on both
// engines, also after a name has changed.
func TestListsAreOrderedByName(t *testing.T) {
	each(t, func(t *testing.T, s *indexsql.Store, home, _ context.Context) {
		people, agencies, innovations := &accountsql.Store{DB: s.DB}, &agencysql.Store{DB: s.DB}, &innovationsql.Store{DB: s.DB}
		for i := range names {
			id, name := string(rune('a'+i)), names[(7*i+3)%len(names)] // added in another order
			must(t, people.Add(home, account.Person{ID: id, Name: "0", Login: id}, nil))
			must(t, people.SaveProfile(home, account.Person{ID: id, Name: name}))
			must(t, agencies.Add(home, agency.Agency{ID: id, Name: "0" + id, Kind: "dinas"}))
			must(t, agencies.Save(home, agency.Agency{ID: id, Name: name, Kind: "dinas"}))
			must(t, agencies.AddKind(home, agency.Kind(id), name))
			made := innovation.Innovation{ID: id, AgencyID: "a1", Name: "0", CreatedAt: at, ChangedAt: at}
			must(t, innovations.Save(home, made))
			made.Name, made.Version = name, 1
			must(t, innovations.Save(home, made))
		}
		want := func(list string, got []string) {
			t.Helper()
			if got = slices.DeleteFunc(got, func(name string) bool { return name == "Dinas" }); !slices.Equal(got, names) {
				t.Errorf("%s: %q", list, got)
			}
		}
		entries, _, err := people.List(home, account.Filter{}, at, 100, 0)
		must(t, err)
		want("people", namesOf(entries, func(e account.Entry) string { return e.Name }))
		units, err := agencies.All(home)
		must(t, err)
		want("agencies", namesOf(units, func(a agency.Agency) string { return a.Name }))
		kinds, err := agencies.Kinds(home)
		must(t, err)
		want("kinds", namesOf(kinds, func(k agency.LabelledKind) string { return k.Label["id"] }))
		list, err := innovations.List(home, innovation.Scope{Region: true})
		must(t, err)
		want("innovations", namesOf(list, func(i innovation.Innovation) string { return i.Name }))
		facts, err := s.Facts(home, "2026")
		must(t, err)
		held := make([]string, 0, len(names))
		for _, i := range facts.Innovations {
			held = append(held, i.Name)
		}
		want("innovations of the index", held)
		held = nil
		for _, a := range facts.Agencies {
			held = append(held, a.Name)
		}
		want("agencies of the index", held)
	})
}

func namesOf[T any](list []T, name func(T) string) (all []string) {
	for _, v := range list {
		all = append(all, name(v))
	}
	return all
}
