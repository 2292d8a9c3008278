package regionalsql_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/file/filetest"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/regional"
	"siida.id/internal/regional/regionalsql"
)

// staffed adds two existing agencies and an ended one, each with its people.
func staffed(t *testing.T, s *regionalsql.Store, ctx context.Context) {
	t.Helper()
	agencies, people := &agencysql.Store{DB: s.DB}, &accountsql.Store{DB: s.DB}
	for _, a := range []agency.Agency{
		{ID: "a1", Name: "Dinas Satu", Kind: "dinas"}, {ID: "a2", Name: "Dinas Dua", Kind: "dinas"}, {ID: "a3", Name: "Dinas Lama", Kind: "dinas", Until: "2026-01-01"},
	} {
		must(t, agencies.Add(ctx, a))
	}
	add := func(id, name string, active bool, as ...account.Assignment) {
		must(t, people.Add(ctx, account.Person{ID: id, Name: name, Login: id, Active: active}, as))
	}
	post := func(id string, role actor.Role, agency string, from, until time.Time) account.Assignment {
		return account.Assignment{ID: id, Assignment: actor.Assignment{Role: role, Agency: agency}, From: from, Until: until}
	}
	day, none := 24*time.Hour, time.Time{}
	add("p1", "Budi", true, post("t1", actor.Operator, "a1", at.Add(-day), none), post("t2", actor.Pendamping, "a1", at, at.Add(day)))
	add("p2", "Ani", true, post("t3", actor.Pendamping, "a1", at.Add(-day), at.Add(day)))
	add("p3", "Kepala", true, post("t4", actor.Kepala, "a1", at.Add(-day), none))
	add("p4", "Sudah Selesai", true, post("t5", actor.Operator, "a1", at.Add(-2*day), at))
	add("p5", "Belum Mulai", true, post("t6", actor.Operator, "a1", at.Add(day), none))
	add("p6", "Nonaktif", false, post("t7", actor.Operator, "a1", at.Add(-day), none))
	add("p7", "Lama", true, post("t8", actor.Operator, "a3", at.Add(-day), none))
}

func asked(id, code, person string, due day.Day) regional.Request {
	return regional.Request{
		ID: id, PeriodID: "2026", Code: code, AgencyID: "a1", AgencyName: "Dinas Satu", PersonID: person, Due: due, Note: "Baris satu\nbaris dua",
		State: regional.Asked, AskedBy: "brida", AskedAt: at,
	}
}

func TestRequests(t *testing.T) {
	each(t, func(t *testing.T, s *regionalsql.Store, home, away context.Context) {
		staffed(t, s, home)
		first, second := asked("r1", "SPD-04", "p1", "2026-05-02"), asked("r2", "SPD-05a", "", "2026-05-01")
		other := asked("r3", "SPD-04", "", "2027-05-01")
		other.PeriodID = "2027"
		for _, r := range []regional.Request{first, second, other} {
			must(t, s.SaveRequest(home, r))
		}
		refused(t, "a second first save", s.SaveRequest(home, first), fault.Conflict)
		never := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
		for _, r := range []*regional.Request{&first, &second} {
			r.Version, r.Data.At = 1, never
		}
		first.PersonName = "Budi"
		list, err := s.Requests(home, "2026")
		must(t, err)
		same(t, "the requests by due day", list, []regional.Request{second, first})

		lock := func(ctx context.Context) (got regional.Request, err error) {
			err = s.DB.InTx(ctx, func(ctx context.Context) error {
				got, err = s.LockRequest(ctx, "r1")
				return err
			})
			return got, err
		}
		locked, err := lock(home)
		must(t, err)
		same(t, "the locked request", locked, first)
		_, err = lock(away)
		refused(t, "a lock from another region", err, fault.NotFound)

		file := proof("1", "2026", "SPD-04").File
		filetest.Add(t, home, s.DB, file)
		first.State, first.Reason, first.Applied = regional.Answered, "Kurang jelas", true
		first.Data = regional.Data{
			Figure: regional.Figure{Year: 2025, Value: "4,2"}, Unit: "%", Source: "BPS", Note: "Sementara", By: "p2", ByName: "Ani", At: at, File: file,
		}
		must(t, s.SaveRequest(home, first))
		refused(t, "an old version", s.SaveRequest(home, first), fault.Conflict)
		first.Version = 2
		got, err := s.RequestByID(home, "r1")
		must(t, err)
		same(t, "the answered request", got, first)

		_, err = s.RequestByID(home, "r9")
		refused(t, "one that is not there", err, fault.NotFound)
		_, err = s.RequestByID(away, "r1")
		refused(t, "one of another region", err, fault.NotFound)
		if list, err = s.Requests(away, "2026"); err != nil || len(list) != 0 {
			t.Errorf("another region sees %v, %v", list, err)
		}
	})
}

// A save does not change what was asked.
func TestSaveRequestKeepsTheQuestion(t *testing.T) {
	each(t, func(t *testing.T, s *regionalsql.Store, home, _ context.Context) {
		staffed(t, s, home)
		r := asked("r1", "SPD-04", "p1", "2026-05-02")
		must(t, s.SaveRequest(home, r))
		changed := r
		changed.Code, changed.AgencyID, changed.PersonID, changed.Due, changed.Note = "SPD-08", "a2", "", "2027-01-01", "Lain"
		changed.AskedBy, changed.AskedAt, changed.PeriodID, changed.Version = "p2", at.Add(time.Hour), "2027", 1
		must(t, s.SaveRequest(home, changed))
		got, err := s.RequestByID(home, "r1")
		must(t, err)
		r.Version, r.PersonName, r.Data.At = 2, "Budi", got.Data.At
		same(t, "the request", got, r)
	})
}

// The current Deputi, each once, and agencies without any.
func TestDeputies(t *testing.T) {
	each(t, func(t *testing.T, s *regionalsql.Store, home, away context.Context) {
		staffed(t, s, home)
		list, err := s.Deputies(home, at)
		must(t, err)
		same(t, "the Deputi", list, []regional.Deputy{
			{AgencyID: "a2", AgencyName: "Dinas Dua"},
			{AgencyID: "a1", AgencyName: "Dinas Satu", PersonID: "p2", PersonName: "Ani", Login: "p2", Role: actor.Pendamping},
			{AgencyID: "a1", AgencyName: "Dinas Satu", PersonID: "p1", PersonName: "Budi", Login: "p1", Role: actor.Operator},
		})
		if list, err = s.Deputies(away, at); err != nil || len(list) != 0 {
			t.Errorf("another region has %v, %v", list, err)
		}
	})
}

// What an agency or a person may still have to answer, and what nobody can.
func TestOpenRequests(t *testing.T) {
	each(t, func(t *testing.T, s *regionalsql.Store, home, away context.Context) {
		staffed(t, s, home)
		gone, done := asked("r3", "SPD-08", "p9", "2026-05-04"), asked("r4", "SPD-09", "p1", "2026-05-05")
		done.State = regional.Accepted
		late := asked("r5", "SPD-04", "p9", "2027-05-05")
		late.PeriodID = "2027"
		for _, r := range []regional.Request{asked("r1", "SPD-04", "p1", "2026-05-02"), asked("r2", "SPD-05a", "", "2026-05-03"), gone, done, late} {
			must(t, s.SaveRequest(home, r))
		}
		must(t, (&periodsql.Store{DB: s.DB}).Move(home, "2027", period.Open, period.Archived, at))
		check := func(what string, want string, list []regional.Request, err error) {
			t.Helper()
			must(t, err)
			var got []string
			for _, r := range list {
				got = append(got, r.ID)
			}
			same(t, what, strings.Join(got, " "), want)
		}
		list, err := s.OpenRequests(home, "a1")
		check("of the agency", "r1 r2 r3 r5", list, err)
		list, err = s.OpenRequests(away, "a1")
		check("of the agency, from another region", "", list, err)
		list, err = s.RequestsTo(home, "p1")
		check("of a person", "r1", list, err)
		list, err = s.RequestsTo(away, "p1")
		check("of a person, from another region", "", list, err)
		list, err = s.Unanswerable(home, at)
		check("to nobody", "r3 r5", list, err)
		list, err = s.Unanswerable(home, at.AddDate(-10, 0, 0))
		check("to nobody, before anybody was appointed", "r1 r3 r5", list, err)
		list, err = s.Unanswerable(away, at)
		check("to nobody, from another region", "", list, err)

		moved, err := s.RequestByID(home, "r1")
		must(t, err)
		moved.AgencyID, moved.PersonID = "a2", ""
		moved.Former = regional.Addressee{AgencyID: "a1", PersonID: "p1", Until: at}
		must(t, s.MoveRequest(away, moved)) // there is none there
		must(t, s.MoveRequest(home, moved))
		got, err := s.RequestByID(home, "r1")
		must(t, err)
		moved.AgencyName, moved.PersonName, moved.Version = "Dinas Dua", "", moved.Version+1
		moved.Former.AgencyName, moved.Former.PersonName = "Dinas Satu", "Budi"
		same(t, "the moved request", got, moved)
	})
}
