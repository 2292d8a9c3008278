package rivals

import (
	"context"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/board"
	"siida.id/internal/decree"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/report"
	"siida.id/internal/test/world"
)

// seenRooms is what the actors of roomActs have read.
type seenRooms struct {
	profile  innovation.Form
	decree   decree.Form
	operator account.Entry
	admin    account.Entry // a second one
	offer    report.Offer
	kind     agency.Entry
}

// read reads profiles, people, agencies and reports.
func (p *prepared) read(t *testing.T) {
	t.Helper()
	admin := p.people["admin"]
	p.Enrol(t, admin, "admin2", account.Assignment{Assignment: actor.Assignment{Role: actor.Admin}})
	p.people["admin2"] = world.Acting(t, p.Program, p.Home, "admin2")
	i, err := p.Innovations.ByID(admin, p.own.Innovation)
	world.Must(t, err)
	p.profile = innovation.FormOf(i)
	d, err := p.Decrees.ByID(admin, p.own.Decree)
	world.Must(t, err)
	p.decree = decree.FormOf(d.Decree)
	for login, to := range map[string]*account.Entry{"operator": &p.operator, "admin2": &p.admin} {
		one, err := p.Auth.Store.ByLogin(admin, login)
		world.Must(t, err)
		*to, err = p.Accounts.ByID(admin, one.ID)
		world.Must(t, err)
	}
	world.WithLetterhead(t, p.people["brida"], p.Program)
	p.offer, err = p.Report.Offer(p.people["brida"], year)
	world.Must(t, err)
	a, err := p.Agencies.ByID(admin, p.own.Agency)
	world.Must(t, err)
	p.kind = agency.Entry{Kind: a.Kind, Parent: a.Parent, From: string(a.From), Version: a.Version}
}

func (s *fixture) merge(ctx context.Context, from, into string) error {
	today := period.FormatMoment(ctx, s.Clock()).Day
	return s.Agencies.Merge(ctx, from, agency.MergeEntry{
		DecreeForm: agency.DecreeForm{Number: "1/2026", Signed: today, On: today}, Into: agency.Target{ID: into},
	})
}

// ask asks for the transfer of the own innovation.
func (s *fixture) ask(ctx context.Context) error {
	return s.Innovations.AskTransfer(ctx, s.own.Innovation, s.IDs["other"].Agency, "Lagi")
}

// issue issues the offered report.
func (s *fixture) issue(ctx context.Context) error {
	_, err := s.Report.Issue(ctx, year, report.Agreed{N: s.offer.N, Letterhead: s.offer.Letterhead.Version}, func(r report.Report) (paper, book []byte, err error) {
		return []byte(r.Number), []byte(r.Code), nil
	})
	return err
}

func (s *fixture) correct(ctx context.Context, name string) error {
	return s.Accounts.Correct(ctx, s.operator.ID, account.PersonForm{Name: name, Version: s.operator.Version})
}

// end ends an admin's assignment.
func (s *fixture) end(ctx context.Context, login string) error {
	p, err := s.Auth.Store.ByLogin(ctx, login)
	if err != nil {
		return err
	}
	e, err := s.Accounts.ByID(ctx, p.ID)
	if err != nil {
		return err
	}
	return s.Accounts.EndAssignment(ctx, p.ID, e.Assignments[0].ID, "")
}

var (
	same  = []string{"the end of the assignment", "the same act"}
	moves = append(same, "a transfer", "a withdrawal", "a merge", "a close", "the end of the window")
)

// roomActs are acts on profiles, decrees, people, agencies and reports.
var roomActs = []act{
	{name: "a transfer accepted", who: "rahasia-other", rivals: append(same, "a cancelled transfer", "a withdrawal", "a merge", "a merge of the receiver", "a close", "the end of the window"), call: func(s *fixture, ctx context.Context) error {
		return s.Innovations.AnswerTransfer(ctx, s.own.Innovation, innovation.Accept, "")
	}},
	{name: "a transfer refused", who: "rahasia-other", rivals: append(same, "a cancelled transfer", "a transfer"), call: func(s *fixture, ctx context.Context) error {
		return s.Innovations.AnswerTransfer(ctx, s.own.Innovation, innovation.Refuse, "")
	}},
	{name: "a transfer cancelled", who: "operator", rivals: append(same, "a transfer", "a merge"), call: func(s *fixture, ctx context.Context) error {
		return s.Innovations.AnswerTransfer(ctx, s.own.Innovation, innovation.Cancel, "")
	}},
	{name: "a request to transfer", who: "operator", rivals: append(same, "a withdrawal", "a merge", "a merge of the receiver"), given: func(s *fixture) {
		world.Must(s.t, s.Innovations.AnswerTransfer(s.as("operator"), s.own.Innovation, innovation.Cancel, ""))
	}, call: (*fixture).ask},
	{name: "another request to transfer", who: "operator", rivals: []string{"a cancelled transfer"}, call: (*fixture).ask},
	{name: "a withdrawal", who: "operator", rivals: moves, call: func(s *fixture, ctx context.Context) error {
		return s.Innovations.Do(ctx, s.own.Innovation, innovation.Withdraw, "Ganda")
	}},
	{name: "a profile", who: "operator", rivals: append(same, "a transfer", "a withdrawal", "a merge", "a close", "a decree", "the end of the window"), call: func(s *fixture, ctx context.Context) error {
		f := s.profile
		f.Name = "Nama baru"
		_, err := s.Innovations.Change(ctx, s.own.Innovation, f)
		return err
	}},
	{name: "a registration", who: "operator", rivals: append(same, "a merge", "a close", "the end of the window"), call: func(s *fixture, ctx context.Context) error {
		f := s.profile
		f.Name, f.Decrees, f.Version = "Satu lagi", nil, 0
		_, err := s.Innovations.Register(ctx, f)
		return err
	}},
	{name: "a file of a profile", who: "operator", tries: 2, rivals: moves, call: func(s *fixture, ctx context.Context) error {
		return s.Innovations.Attach(ctx, s.own.Innovation, innovation.Budget, "anggaran.pdf", strings.NewReader("%PDF-1.7 anggaran"))
	}},
	{name: "an innovation opened", who: "brida", rivals: append(same, "a close", "a profile"), call: func(s *fixture, ctx context.Context) error {
		return s.Periods.Extend(ctx, year, period.ExtensionEntry{
			Innovation: s.own.Innovation, Until: period.FormatMoment(ctx, s.Clock().AddDate(0, 0, 9)), Reason: "Salah ketik",
		})
	}},
	{name: "a decree", who: "brida", rivals: append(same, "a profile", "a withdrawal", "a transfer"), call: func(s *fixture, ctx context.Context) error {
		f := s.decree
		f.Subject, f.Innovations = "Tentang lain", []string{s.own.Innovation}
		_, err := s.Decrees.Change(ctx, s.own.Decree, f)
		return err
	}},
	{name: "a new decree", who: "brida", rivals: append(same, "a profile"), call: func(s *fixture, ctx context.Context) error {
		f := s.decree
		f.Number, f.Innovations = "B/9/2026", []string{s.own.Innovation}
		_, err := s.Decrees.Enter(ctx, f)
		return err
	}},
	{name: "a scan", who: "brida", tries: 2, rivals: append(same, "a decree"), call: func(s *fixture, ctx context.Context) error {
		return s.Decrees.AttachScan(ctx, s.own.Decree, "sk.pdf", strings.NewReader("%PDF-1.7 sk"))
	}},
	{name: "a correction", who: "admin", rivals: append(same, "another correction", "a person's own save"), call: func(s *fixture, ctx context.Context) error {
		return s.correct(ctx, "Nama Benar")
	}},
	{name: "a person's own save", who: "operator", rivals: append(same, "another correction"), call: func(s *fixture, ctx context.Context) error {
		return s.Accounts.SaveSelf(ctx, account.PersonForm{Name: "Nama Sendiri", Version: s.operator.Version})
	}},
	{name: "a task", who: "admin", rivals: append(same, "a merge"), call: func(s *fixture, ctx context.Context) error {
		return s.Accounts.Assign(ctx, s.operator.ID, account.TaskForm{Role: "pendamping", Agency: s.own.Agency})
	}},
	{name: "a task ended", who: "admin", rivals: append(same, "a merge"), call: func(s *fixture, ctx context.Context) error {
		return s.Accounts.EndAssignment(ctx, s.operator.ID, s.operator.Assignments[0].ID, "")
	}},
	{name: "an admin ended", who: "admin2", rivals: []string{"the other admin ended", "the same act"}, call: func(s *fixture, ctx context.Context) error { return s.end(ctx, "admin") }},
	{name: "a new code", who: "admin", rivals: same, call: func(s *fixture, ctx context.Context) error {
		_, err := s.Accounts.IssueCode(ctx, s.operator.ID)
		return err
	}},
	{name: "a person stopped", who: "admin", rivals: append(same, "another correction"), call: func(s *fixture, ctx context.Context) error {
		return s.Accounts.SetActive(ctx, s.operator.ID, false)
	}},
	{name: "a merge", who: "admin", rivals: append(same, "a profile", "a transfer", "a withdrawal", "a merge of the receiver", "a decree"), call: func(s *fixture, ctx context.Context) error {
		return s.merge(ctx, s.own.Agency, s.IDs["other"].Agency)
	}},
	{name: "an edited agency", who: "admin", rivals: append(same, "a merge", "another edit"), call: func(s *fixture, ctx context.Context) error {
		e := s.kind
		e.Kind = "badan"
		return s.Agencies.Edit(ctx, s.own.Agency, e)
	}},
	{name: "a report", who: "brida", tries: 4, rivals: append(same, "a letterhead", "a withdrawal"), call: (*fixture).issue}, // two files are made before
	{name: "a revoked report", who: "brida", rivals: append(same, "another revocation"), given: func(s *fixture) {
		world.Must(s.t, s.issue(s.as("brida")))
		list, err := s.Report.Register(s.as("brida"))
		world.Must(s.t, err)
		s.id = list[0].ID
	}, call: func(s *fixture, ctx context.Context) error { return s.Report.Revoke(ctx, s.id, "Keliru") }},
	{name: "settings of agencies", who: "admin", rivals: append(same, "other settings", "an endorsement", "a merge"), call: func(s *fixture, ctx context.Context) error {
		return s.Agencies.SaveSettings(ctx, agency.Settings{ParentEndorses: true})
	}},
	{name: "limits of the board", who: "brida", rivals: append(same, "other limits"), call: func(s *fixture, ctx context.Context) error {
		return s.Board.SetThresholds(ctx, board.Entry{QuietDays: "30", PaceDays: "7"})
	}},
	{name: "a kind of agency", who: "admin", rivals: append(same, "a merge"), call: func(s *fixture, ctx context.Context) error {
		return s.Agencies.AddKind(ctx, "Kantor Bersama")
	}},
	{name: "a letterhead", who: "brida", rivals: append(same, "another letterhead"), call: func(s *fixture, ctx context.Context) error {
		e := report.EntryOf(s.offer.Letterhead)
		e.Agency, e.LogoID = "DINAS", "" // the crest is removed
		return s.Report.SaveLetterhead(ctx, e, nil)
	}},
}

// roomRivals are the rivals of roomActs beside those of all acts.
var roomRivals = map[string]func(s *fixture, a act) error{
	"a cancelled transfer": func(s *fixture, _ act) error {
		return s.Innovations.AnswerTransfer(s.as("operator"), s.own.Innovation, innovation.Cancel, "")
	},
	"a merge of the receiver": func(s *fixture, _ act) error {
		return s.merge(s.as("admin2"), s.IDs["other"].Agency, s.own.Agency)
	},
	"a profile": func(s *fixture, _ act) error {
		f := s.profile
		f.Name, f.Decrees = "Nama lain", []string{s.own.Decree}
		_, err := s.Innovations.Change(s.as("admin2"), s.own.Innovation, f)
		return err
	},
	"a decree": func(s *fixture, _ act) error {
		f := s.decree
		f.Innovations = nil
		_, err := s.Decrees.Change(s.as("admin2"), s.own.Decree, f)
		return err
	},
	"another correction": func(s *fixture, _ act) error { return s.correct(s.as("admin2"), "Nama Lain") },
	"a person's own save": func(s *fixture, _ act) error {
		return s.Accounts.SaveSelf(s.as("operator"), account.PersonForm{Name: "Nama Sendiri", Version: s.operator.Version})
	},
	"the other admin ended": func(s *fixture, _ act) error { return s.end(s.as("admin"), "admin2") },
	"another edit": func(s *fixture, _ act) error {
		e := s.kind
		e.Parent = ""
		return s.Agencies.Edit(s.as("admin2"), s.own.Agency, e)
	},
	"a letterhead": func(s *fixture, _ act) error {
		e := report.EntryOf(s.offer.Letterhead)
		e.Agency = "BADAN LAIN"
		return s.Report.SaveLetterhead(s.as("admin2"), e, nil)
	},
	"another revocation": func(s *fixture, _ act) error { return s.Report.Revoke(s.as("admin2"), s.id, "Salah hitung") },
	"other settings": func(s *fixture, _ act) error {
		return s.Agencies.SaveSettings(s.as("admin2"), agency.Settings{})
	},
	"other limits": func(s *fixture, _ act) error {
		return s.Board.SetThresholds(s.as("admin2"), board.Entry{QuietDays: "10", PaceDays: "21"})
	},
	"an endorsement": func(s *fixture, _ act) error {
		return s.Evidence.Do(s.as("kepala"), evidence.Endorse, s.own.Innovation, year, s.own.Agency, s.content)
	},
	"another letterhead": func(s *fixture, _ act) error {
		e := report.EntryOf(s.offer.Letterhead)
		e.Agency, e.LogoID = "BADAN LAIN", ""
		return s.Report.SaveLetterhead(s.as("admin2"), e, nil)
	},
}

// rooms is the part of the fingerprint that roomActs change.
func (s *fixture) rooms() []string {
	s.t.Helper()
	lines, err := sqldb.List(s.people["admin"], s.DB, sqldb.Self[string], `
		select 'profile ' || i.name || ' ' || i.version || ' ' || a.name from innovations i
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id where i.region_id = $1
		union all
		select 'owner ' || i.name || ' ' || o.step || ' ' || a.name from innovation_owners o
		join innovations i on i.region_id = o.region_id and i.id = o.innovation_id
		join agencies a on a.region_id = o.region_id and a.id = o.agency_id where o.region_id = $1
		union all
		select 'transfer ' || a.name || ' ' || coalesce(t.note, '') from innovation_transfers t
		join agencies a on a.region_id = t.region_id and a.id = t.to_agency_id where t.region_id = $1
		union all
		select 'decree ' || number || ' ' || subject || ' ' || version from decrees where region_id = $1
		union all
		select 'named ' || d.number || ' ' || i.name from decree_innovations n
		join decrees d on d.region_id = n.region_id and d.id = n.decree_id
		join innovations i on i.region_id = n.region_id and i.id = n.innovation_id where n.region_id = $1
		union all
		select 'person ' || p.login || ' ' || p.name || ' ' || p.version || case when p.active then '' else ' off' end || case when c.code_until is null then '' else ' code' end
		from people p join credentials c on c.region_id = p.region_id and c.person_id = p.id where p.region_id = $1
		union all
		select 'role ' || p.login || ' ' || t.role || ' ' || case when t.valid_until is null then '' else ' ends' end from assignments t
		join people p on p.region_id = t.region_id and p.id = t.person_id where t.region_id = $1 and t.agency is null
		union all
		select 'agency ' || name || ' ' || kind || ' ' || version || case when valid_until is null then '' else ' ended' end from agencies where region_id = $1
		union all
		select 'letterhead ' || agency || ' ' || version from report_letterheads where region_id = $1
		union all
		select 'issued ' || number || ' ' || figure || ' ' || coalesce(revoked_why, '') from report_issued where region_id = $1
		union all
		select 'kind ' || label from agency_kinds where region_id = $1
		union all
		select 'settings ' || case when parent_endorses then 'parents endorse' else '' end from agency_settings where region_id = $1`,
		s.Home.Code)
	world.Must(s.t, err)
	slices.Sort(lines)
	return lines
}
