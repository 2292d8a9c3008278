package evidencesql_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/day"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/file"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/question"
)

// A document whose file cannot be opened proves nothing in an open period, and what it
// has proven in a closed one stays.
func TestVoidUses(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		locked, other, whole := document("d1", "i1"), document("d2", "i2"), document("d3", "i1")
		for _, d := range []*evidence.Document{&locked, &other} {
			d.File.State, d.File.Reason = file.Unopenable, string(file.Locked)
		}
		add(t, s, home, locked, other, whole)
		add(t, s, away, locked)
		for _, ctx := range []context.Context{home, away} {
			must(t, s.SaveAnswer(ctx, answer("i1", "2026", "SID-16", 2)))
			must(t, s.SaveAnswer(ctx, answer("i1", "2027", "SID-16", 2)))
			must(t, s.Use(ctx, "d1", "2026", "SID-17", at))
			must(t, s.Use(ctx, "d1", "2026", "SID-16", at))
			must(t, s.Use(ctx, "d1", "2027", "SID-16", at))
		}
		must(t, s.Use(home, "d3", "2026", "SID-17", at))
		must(t, s.Use(home, "d2", "2026", "SID-16", at))
		must(t, (&periodsql.Store{DB: s.DB}).Move(home, "2027", period.Open, period.Closed, at))

		proving := func(ctx context.Context, innovation, year string) map[string]int {
			t.Helper()
			claims, err := s.Claims(ctx, innovation, year)
			must(t, err)
			list := map[string]int{}
			for _, c := range claims {
				list[c.Code] = c.Documents
			}
			return list
		}
		same := func(what string, got, want any) {
			t.Helper()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", what, diff)
			}
		}
		list, err := s.Unopenable(home)
		must(t, err)
		in := evidence.InPeriod{InnovationID: "i1", PeriodID: "2026"}
		same("to void", list, []evidence.InPeriod{in, {InnovationID: "i2", PeriodID: "2026"}})
		voided := func() (void []evidence.VoidUse) {
			t.Helper()
			must(t, s.DB.InTx(home, func(ctx context.Context) (err error) { void, err = s.VoidUses(ctx, in); return err }))
			return void
		}
		content := func() evidence.Content {
			t.Helper()
			p, err := s.ProgressOf(home, "i1", "2026")
			must(t, err)
			return p.Heads[0].Now
		}
		endorsed := content()
		same("void", voided(), []evidence.VoidUse{{DocumentID: "d1", Code: "SID-16"}, {DocumentID: "d1", Code: "SID-17"}})
		if got := content(); got == endorsed {
			t.Error("what a head endorsed has not changed")
		}
		same("what proves", proving(home, "i1", "2026"), map[string]int{"SID-16": 0, "SID-17": 1})
		same("of another innovation", proving(home, "i2", "2026"), map[string]int{"SID-16": 1})
		same("in the closed period", proving(home, "i1", "2027"), map[string]int{"SID-16": 1})
		same("in the other region", proving(away, "i1", "2026"), map[string]int{"SID-16": 1, "SID-17": 1})

		same("void again", len(voided()), 0)
		list, err = s.Unopenable(home)
		must(t, err)
		same("to void after that", list, []evidence.InPeriod{{InnovationID: "i2", PeriodID: "2026"}})
		must(t, (&periodsql.Store{DB: s.DB}).Move(home, "2027", period.Closed, period.Open, at))
		list, err = s.Unopenable(home)
		must(t, err)
		same("once the period is open again", len(list), 2)
		got, err := s.DocumentByID(home, "d1")
		must(t, err)
		same("the document", got, locked)
	})
}

// Uses are listed with the names of innovation and agency, void ones too; those that have
// ended, those of other periods and those of innovations that were withdrawn are not.
func TestDoubtful(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		one, two, link := document("d1", "i1"), document("d2", "i2"), document("d3", "i1")
		one.File.State, two.Day = file.Unopenable, "2020-01-02"
		link.File, link.Day = file.Record{}, "2028-01-01"
		sound, photo := document("d4", "i1"), document("d5", "i1")
		photo.Kind, photo.Number, photo.Day = "photo", "", ""
		unread, noNumber, noDay := document("d6", "i1"), document("d7", "i1"), document("d8", "i1")
		unread.File.State, noNumber.Number, noDay.Day = file.Stored, "", ""
		add(t, s, home, one, two, sound, photo, unread, noNumber, noDay)
		must(t, s.AddDocument(home, link))
		add(t, s, away, one)
		for _, use := range [][3]string{
			{"d1", "2026", "SID-17"},
			{"d3", "2026", "SID-17"},
			{"d1", "2026", "SID-16"},
			{"d3", "2026", "SID-19"},
			{"d1", "2027", "SID-18"},
			{"d2", "2026", "SID-16"},
			{"d4", "2026", "SID-20"},
			{"d5", "2026", "SID-20"},
			{"d6", "2026", "SID-20"},
			{"d7", "2026", "SID-20"},
			{"d8", "2026", "SID-20"},
		} {
			must(t, s.Use(home, use[0], use[1], use[2], at))
		}
		must(t, s.Use(away, "d1", "2026", "SID-16", at))
		must(t, s.EndUse(home, "d3", "2026", "SID-19", at))
		must(t, s.DB.InTx(home, func(ctx context.Context) error {
			_, err := s.VoidUses(ctx, evidence.InPeriod{InnovationID: "i1", PeriodID: "2026"})
			return err
		}))
		listed := func(d evidence.Document, code string) evidence.ListedDocument {
			return evidence.ListedDocument{
				UsedDocument: evidence.UsedDocument{Document: d, Code: code}, InnovationName: d.InnovationID, AgencyID: "a1", AgencyName: "Dinas",
			}
		}
		check := func(name string, ctx context.Context, scope evidence.Scope, want ...evidence.ListedDocument) {
			t.Helper()
			ctx, statements := sqldb.Counted(ctx)
			got, err := s.Doubtful(ctx, "2026", scope, "2024-01-01", "2026-12-31")
			if diff := cmp.Diff(want, got); err != nil || diff != "" || statements.Load() != 1 {
				t.Errorf("%s: %v, %d statements %s", name, err, statements.Load(), diff)
			}
		}
		all := []evidence.ListedDocument{listed(one, "SID-16"), listed(one, "SID-17"), listed(link, "SID-17"), listed(unread, "SID-20"), listed(noNumber, "SID-20"), listed(noDay, "SID-20"), listed(two, "SID-16")}
		check("the region", home, evidence.Scope{Region: true}, all...)
		check("an agency", home, evidence.Scope{Agencies: []string{"x", "a1"}}, all...)
		check("another agency", home, evidence.Scope{Agencies: []string{"x"}})
		check("nothing", home, evidence.Scope{})
		check("another region", away, evidence.Scope{Region: true}, listed(one, "SID-16"))
		_, err := s.DB.Exec(home, `update innovations set state = 'ditarik' where region_id = '18.01' and id = 'i2'`)
		must(t, err)
		check("without one that was withdrawn", home, evidence.Scope{Region: true}, all[:6]...)
	})
}

// Doubtful returns every document that is weak or cannot be opened, of every kind, file
// and particulars.
func TestDoubtfulHasAllThatIsWeak(t *testing.T) {
	from, to := -2, 0
	row := &instrument.Indicator{Evidence: &instrument.Evidence{Years: &instrument.Years{From: &from, To: &to}}}
	since, until := question.Sound([]*instrument.Indicator{row}, 2026)
	each(t, func(t *testing.T, s *evidencesql.Store, home, _ context.Context) {
		want := map[string]bool{}
		for _, kind := range []instrument.Kind{instrument.Document, instrument.Photo, instrument.Link, instrument.Video} {
			for _, number := range []string{"", "1"} {
				for _, on := range []day.Day{"", "2023-12-31", "2024-01-01", "2026-12-31", "2027-01-01"} {
					for _, state := range []file.State{"", file.Checked, file.Stored, file.Unopenable} {
						d := document(fmt.Sprintf("d%d", len(want)), "i1")
						d.Kind, d.Number, d.Day, d.File.State = kind, number, on, state
						if state == "" {
							d.File = file.Record{}
							must(t, s.AddDocument(home, d))
						} else {
							add(t, s, home, d)
						}
						must(t, s.Use(home, d.ID, "2026", "SID-17", at))
						want[d.ID] = state == file.Unopenable || len(question.Weaknesses(row, 2026, d.Evidence())) > 0
					}
				}
			}
		}
		got, err := s.Doubtful(home, "2026", evidence.Scope{Region: true}, since, until)
		must(t, err)
		for _, d := range got {
			delete(want, d.ID)
		}
		for id, weak := range want {
			if weak {
				t.Errorf("%s is weak, and not returned", id)
			}
		}
	})
}
