package innovationsql_test

import (
	"testing"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
)

// The words follow the name and the design; those of older rows are missing until they are
// stored.
func TestSearchWords(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &innovationsql.Store{DB: db}
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		must(t, (&agencysql.Store{DB: db}).Add(home, agency.Agency{ID: "a1", Name: "Dinas", Kind: "dinas"}))
		i := innovation.Innovation{ID: "i1", AgencyID: "a1", Name: "Café Ibu", Design: "Ibu hamil", Profile: innovation.Profile{Law: "Perda 9"}, CreatedAt: at, ChangedAt: at}
		stored := func() string {
			words, err := sqldb.One(home, db, sqldb.Self[string], `select coalesce(words, 'none') from innovation_words where region_id = $1 and innovation_id = 'i1'`, "18.01")
			must(t, err)
			return words
		}
		must(t, s.Save(home, i))
		if got := stored(); got != " 19 cafe hamil ibu perda " {
			t.Errorf("stored %q", got)
		}
		i.Version, i.Design = 1, "Bayi"
		must(t, s.Save(home, i))
		if got := stored(); got != " 19 bayi cafe ibu perda " {
			t.Errorf("after a change %q", got)
		}
		_, err := db.Exec(home, `update innovation_words set words = null`)
		must(t, err)
		if list, err := s.Wordless(home); err != nil || len(list) != 1 || list[0] != "i1" {
			t.Errorf("without words %v, %v", list, err)
		}
		if list, err := s.Wordless(actor.With(t.Context(), actor.Actor{Region: "18.02"})); err != nil || len(list) != 0 {
			t.Errorf("of another region %v, %v", list, err)
		}
		must(t, s.SaveWords(home, i))
		if list, err := s.Wordless(home); err != nil || len(list) != 0 || stored() != i.SearchWords() {
			t.Errorf("afterwards %v, %v, %q", list, err, stored())
		}
	})
}
