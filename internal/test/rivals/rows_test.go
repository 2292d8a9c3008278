package rivals

import (
	"context"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/testclock"
	"siida.id/internal/evidence"
	"siida.id/internal/guidance"
	"siida.id/internal/index"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/region"
	"siida.id/internal/regional"
	"siida.id/internal/test/world"
)

// year is the period of all acts; it ends tomorrow.
const year = "2026"

// seen is what the actors have been shown, and the ids of what was created for
// them.
type seen struct {
	own      world.Object
	content  string // of what the kepala was shown
	version  int64  // of the window
	pdf      string // a file that was sent for an answer
	sample   string // a file that was sent as a sample
	deadline string
	answered string // data requests
	accepted string
	seenRooms
}

// prepared is the two regions with what the acts need, restored before every race.
type prepared struct {
	*world.Regions
	seen
	people   map[string]context.Context // the actors, by sign-in name
	snapshot *sqldbtest.Snapshot
}

// prepareAll prepares one database like that of w for each concurrent test.
func prepareAll(t *testing.T, w *world.Regions) (free chan *prepared) {
	t.Helper()
	free = make(chan *prepared, runtime.GOMAXPROCS(0))
	free <- prepare(t, w)
	for range cap(free) - 1 {
		free <- prepare(t, world.Again(t, w))
	}
	return free
}

func prepare(t *testing.T, w *world.Regions) *prepared {
	t.Helper()
	p := &prepared{Regions: w, people: map[string]context.Context{}}
	p.own = w.IDs["own"]
	for _, login := range []string{"operator", "kepala", "brida", "pimpinan", "admin", "rahasia-other"} {
		p.people[login] = world.Acting(t, w.Program, w.Home, login)
	}
	p.people["visitor"] = region.Within(t.Context(), w.Home)
	brida, operator, admin := p.people["brida"], p.people["operator"], p.people["admin"]
	end := testclock.Now().AddDate(0, 0, 1)
	world.Must(t, w.Periods.SetWindow(brida, year, period.WindowEntry{Closes: period.FormatMoment(brida, end)}))
	world.Must(t, w.Periods.AddDeadline(brida, year, "Bukti", period.FormatMoment(brida, end)))
	c, err := w.Periods.Calendar(brida, year)
	world.Must(t, err)
	p.version, p.deadline = c.Version, c.Deadlines[0].ID
	world.Must(t, w.Innovations.AskTransfer(operator, p.own.Innovation, w.IDs["other"].Agency, ""))
	f, err := w.Evidence.Receive(operator, p.own.Innovation, year, "SID-16", "surat.pdf", strings.NewReader("%PDF-1.7 baru"))
	world.Must(t, err)
	p.pdf = f.ID
	sample, err := w.Guidance.ReceiveSample(brida, year, "SID-16", "contoh.pdf", strings.NewReader("%PDF-1.7 contoh"))
	world.Must(t, err)
	p.sample = sample.ID
	ids, err := w.Regional.Ask(admin, regional.AskEntry{Codes: []string{"SPD-04", "SPD-03"}, To: p.own.Agency, Due: "2099-01-01"})
	world.Must(t, err)
	p.answered, p.accepted = ids["SPD-03"], ids["SPD-04"]
	for _, id := range []string{p.answered, p.accepted} {
		world.Must(t, w.Regional.Reply(operator, id, regional.ReplyEntry{
			Figure: regional.TypedFigure{Year: "2025", Value: "4,2"}, Unit: "%", Source: "BPS", Version: 1,
		}, nil))
	}
	world.Must(t, w.Regional.Judge(brida, p.accepted, regional.Accept, "", 2))
	progress, err := w.Evidence.Store.ProgressOf(admin, p.own.Innovation, year)
	world.Must(t, err)
	p.content = progress.Heads[0].Now.String()
	p.read(t)
	p.snapshot = sqldbtest.NewSnapshot(t, w.DB)
	return p
}

// fixture is a freshly started program on the prepared data, with a clock that can
// be advanced.
type fixture struct {
	*world.Regions
	hooks
	seen
	t      *testing.T
	ahead  atomic.Int64
	people map[string]context.Context
	created
}

// as returns a context for a request of that person now.
func (s *fixture) as(login string) context.Context {
	ctx := s.people[login]
	if !actor.From(ctx).SignedIn() {
		return ctx
	}
	if now, err := s.Auth.Refresh(ctx); err == nil {
		return now
	}
	return ctx // a closed account gets its error from the service
}

func (p *prepared) fixture(t *testing.T, a act) *fixture {
	t.Helper()
	world.Must(t, p.snapshot.Restore(t.Context()))
	s := &fixture{Regions: world.Restarted(t, p.Regions), seen: p.seen, t: t, people: p.people}
	s.Clock = func() time.Time { return testclock.Now().Add(time.Duration(s.ahead.Load())) }
	s.Auth.Factors = &factors{}
	if a.given != nil {
		a.given(s)
	}
	s.before = a.tries
	s.install(s.Regions)
	return s
}

// act is one operation and its rivals.
type act struct {
	name, who string
	rivals    []string
	given     func(s *fixture) // what has happened before
	tries     int              // transactions before the raced one: an attempt is counted first, a file takes two
	call      func(s *fixture, ctx context.Context) error
}

func (a act) do(s *fixture) error { return a.call(s, s.as(a.who)) }

var acts = []act{
	{name: "an answer", who: "operator", rivals: []string{"a close", "the end of the window", "a transfer", "a withdrawal", "the end of the assignment", "a merge", "the same act"}, call: (*fixture).answer},
	{name: "an upload", who: "operator", rivals: []string{"a close", "the end of the window", "the end of the assignment"}, call: func(s *fixture, ctx context.Context) error {
		_, err := s.Evidence.Receive(ctx, s.own.Innovation, year, "SID-17", "lain.pdf", strings.NewReader("%PDF-1.7 lain"))
		return err
	}},
	{name: "a document taken off", who: "operator", rivals: []string{"a close", "a transfer", "the same act"}, call: func(s *fixture, ctx context.Context) error {
		return s.Evidence.Detach(ctx, s.own.Innovation, year, "SID-16", s.own.Document)
	}},
	{
		name: "a document put back", who: "operator", rivals: []string{"a close", "the end of the window", "a transfer", "a withdrawal", "the end of the assignment", "the same act"},
		given: func(s *fixture) {
			world.Must(s.t, s.Evidence.Detach(s.as("operator"), s.own.Innovation, year, "SID-16", s.own.Document))
		},
		call: func(s *fixture, ctx context.Context) error {
			return s.Evidence.Reattach(ctx, s.own.Innovation, year, "SID-16", s.own.Document)
		},
	},
	{
		name: "a document found unopenable", who: "visitor", rivals: []string{"a close", "an answer", "a transfer", "the same act"},
		given: func(s *fixture) {
			_, err := s.DB.Exec(s.as("admin"), `
				update files
				set state = 'unopenable', reason = 'file.locked'
				where id = (select file_id from documents where id = $1)`, s.own.Document)
			world.Must(s.t, err)
		},
		call: func(s *fixture, ctx context.Context) error { return s.Evidence.VoidUnopenable(ctx) },
	},
	{name: "an endorsement", who: "kepala", rivals: []string{"a close", "a transfer", "a withdrawal", "the end of the assignment", "the same act"}, call: func(s *fixture, ctx context.Context) error {
		return s.Evidence.Do(ctx, evidence.Endorse, s.own.Innovation, year, s.own.Agency, s.content)
	}},
	{name: "guidance", who: "brida", rivals: []string{"the end of the assignment", "the same act"}, call: func(s *fixture, ctx context.Context) error {
		return s.Guidance.Set(ctx, year, "SID-16", "Surat keputusan", 0)
	}},
	{name: "a sample sent", who: "brida", rivals: []string{"the end of the assignment"}, call: func(s *fixture, ctx context.Context) error {
		_, err := s.Guidance.ReceiveSample(ctx, year, "SID-16", "lain.pdf", strings.NewReader("%PDF-1.7 lain"))
		return err
	}},
	{name: "a sample", who: "brida", rivals: []string{"the same act"}, call: func(s *fixture, ctx context.Context) error {
		return s.Guidance.ShowSample(ctx, year, "SID-16", guidance.SampleEntry{FileID: s.sample, Verdict: "benar", Caption: "Begini"}, nil)
	}},
	{name: "a reason", who: "pimpinan", rivals: []string{"the end of the assignment"}, call: func(s *fixture, ctx context.Context) error {
		return s.Evidence.GiveReason(ctx, s.own.Document, "Rapat")
	}},
	{name: "an answer of the region", who: "brida", rivals: []string{"a close", "a figure taken", "the same act"}, call: func(s *fixture, ctx context.Context) error {
		return s.Regional.Save(ctx, year, "SPD-04", regional.Entry{
			Choice: "1", Source: "Bapenda", Figures: [regional.FigureRows]regional.TypedFigure{{Year: "2024", Value: "3", Unit: "juta"}},
			Subject: "Tabel", Address: "https://satu.go.id/tabel",
		}, nil)
	}},
	{name: "an upload of the region", who: "brida", rivals: []string{"a close"}, call: func(s *fixture, ctx context.Context) error {
		_, err := s.Regional.Receive(ctx, year, "SPD-04", "tabel.pdf", strings.NewReader("%PDF-1.7 tabel"))
		return err
	}},
	{name: "a data request", who: "brida", rivals: []string{"a close"}, call: func(s *fixture, ctx context.Context) error {
		_, err := s.Regional.Ask(ctx, regional.AskEntry{Codes: []string{"SPD-01"}, To: s.own.Agency, Due: "2099-01-01"})
		return err
	}},
	{name: "a reply", who: "operator", rivals: []string{"a close", "a merge", "the same act"}, call: func(s *fixture, ctx context.Context) error {
		return s.Regional.Reply(ctx, s.answered, regional.ReplyEntry{
			Figure: regional.TypedFigure{Year: "2025", Value: "4,3"}, Source: "BPS", Version: 2,
		}, nil)
	}},
	{name: "a verdict", who: "brida", rivals: []string{"a close", "a withdrawn request"}, call: func(s *fixture, ctx context.Context) error {
		return s.Regional.Judge(ctx, s.answered, regional.Accept, "", 2)
	}},
	{name: "a figure taken", who: "brida", rivals: []string{"a close", "the same act"}, call: func(s *fixture, ctx context.Context) error { return s.Regional.ApplyToAnswer(ctx, s.accepted, true) }},
	{name: "a close", who: "brida", rivals: []string{"the end of the assignment", "the same act"}, call: func(s *fixture, ctx context.Context) error { return s.Periods.Do(ctx, year, period.Close) }},
	{name: "a window", who: "brida", rivals: []string{"a close", "the same act"}, call: func(s *fixture, ctx context.Context) error {
		return s.Periods.SetWindow(ctx, year, period.WindowEntry{Note: "Isi lebih awal", Version: s.version})
	}},
	{name: "a deadline", who: "brida", rivals: []string{"a close"}, call: func(s *fixture, ctx context.Context) error {
		return s.Periods.AddDeadline(ctx, year, "Pemeriksaan", period.When{Day: "2-1-2099", Hour: "8.00"})
	}},
	{name: "a deadline taken away", who: "brida", rivals: []string{"the same act"}, call: func(s *fixture, ctx context.Context) error { return s.Periods.DropDeadline(ctx, year, s.deadline) }},
	{name: "more time", who: "brida", rivals: []string{"a close", "a merge"}, call: (*fixture).extend},
	{name: "a national index", who: "brida", rivals: []string{"the end of the assignment"}, call: func(s *fixture, ctx context.Context) error {
		return s.Index.Publish(ctx, year, index.NationalEntry{Figure: "50", Day: "2-1-2020", Source: "Keputusan"})
	}},
	{name: "an endorsement taken back", who: "kepala", rivals: []string{"an answer", "a close", "the end of the window", "a transfer", "a withdrawal", "the end of the assignment", "a merge", "the same act"}, given: func(s *fixture) {
		world.Must(s.t, s.Evidence.Do(s.as("kepala"), evidence.Endorse, s.own.Innovation, year, s.own.Agency, s.content))
	}, call: func(s *fixture, ctx context.Context) error {
		return s.Evidence.Do(ctx, evidence.Revoke, s.own.Innovation, year, s.own.Agency, s.content)
	}},
	{name: "a sample taken off", who: "brida", rivals: []string{"a close", "the end of the assignment", "the same act"}, given: func(s *fixture) {
		world.Must(s.t, s.Guidance.ShowSample(s.as("brida"), year, "SID-16", guidance.SampleEntry{FileID: s.sample, Verdict: "benar", Caption: "Begini"}, nil))
	}, call: func(s *fixture, ctx context.Context) error {
		return s.Guidance.DropSample(ctx, year, "SID-16", s.sample)
	}},
	{name: "a proof of the region taken off", who: "brida", rivals: []string{"a close", "a figure taken", "the end of the assignment", "the same act"}, given: (*fixture).proveRegional, call: func(s *fixture, ctx context.Context) error {
		return s.Regional.Detach(ctx, year, "SPD-04", s.id)
	}},
	{
		name: "a proof of the region put back", who: "brida", rivals: []string{"a close", "the end of the assignment", "the same act"},
		given: func(s *fixture) {
			s.proveRegional()
			world.Must(s.t, s.Regional.Detach(s.as("brida"), year, "SPD-04", s.id))
		},
		call: func(s *fixture, ctx context.Context) error { return s.Regional.Reattach(ctx, year, "SPD-04", s.id) },
	},
	{
		name: "the release of a request", who: "visitor", rivals: []string{"a merge", "a verdict", "the same act"},
		given: func(s *fixture) {
			admin := s.as("admin")
			person, err := s.Auth.Store.ByLogin(admin, "operator")
			world.Must(s.t, err)
			_, err = s.DB.Exec(admin, `update data_requests set person_id = $1 where id = $2`, person.ID, s.answered)
			world.Must(s.t, err)
			_, err = s.DB.Exec(admin, `update assignments set valid_until = valid_from where person_id = $1`, person.ID)
			world.Must(s.t, err)
		},
		call: func(s *fixture, ctx context.Context) error { return s.Accounts.Release(ctx) },
	},
	{name: "an upload for a reply", who: "operator", rivals: []string{"a close", "a verdict", "a withdrawn request", "the end of the assignment", "a merge"}, call: func(s *fixture, ctx context.Context) error {
		_, err := s.Regional.ReceiveReply(ctx, s.answered, "data.pdf", strings.NewReader("%PDF-1.7 data"))
		return err
	}},
	{name: "more time taken back", who: "brida", rivals: []string{"a close", "a merge", "the end of the assignment", "the same act"}, given: func(s *fixture) {
		world.Must(s.t, s.extend(s.as("brida")))
		c, err := s.Periods.Calendar(s.as("brida"), year)
		world.Must(s.t, err)
		s.id = c.Extensions[0].ID
	}, call: func(s *fixture, ctx context.Context) error { return s.Periods.Unextend(ctx, year, s.id) }},
	{name: "a reopening", who: "brida", rivals: []string{"an archiving", "an answer", "the end of the assignment", "the same act"}, given: closed, call: func(s *fixture, ctx context.Context) error {
		return s.Periods.Do(ctx, year, period.Reopen)
	}},
	{name: "an archiving", who: "brida", rivals: []string{"a reopening", "the end of the assignment", "the same act"}, given: closed, call: func(s *fixture, ctx context.Context) error {
		return s.Periods.Do(ctx, year, period.Archive)
	}},
	{name: "an opening", who: "brida", rivals: []string{"a close", "the end of the assignment", "the same act"}, call: func(s *fixture, ctx context.Context) error {
		_, err := s.Periods.Open(ctx, "iid-2027")
		return err
	}},
	{name: "the index of the day", who: "visitor", rivals: []string{"an answer", "a close", "a withdrawal", "a transfer", "a merge", "the same act"}, call: func(s *fixture, ctx context.Context) error {
		return s.Index.SnapshotToday(ctx) // called by a job, without an actor
	}},
	{name: "a job tried again", who: "admin", rivals: []string{"the same act"}, given: func(s *fixture) {
		s.id = s.ParkedJob(s.t, s.Home.Code, "index.day", "")
	}, call: func(s *fixture, ctx context.Context) error {
		id, err := strconv.ParseInt(s.id, 10, 64)
		world.Must(s.t, err)
		return s.Status.RetryJob(ctx, id)
	}},
}

// closed closes the period.
func closed(s *fixture) { world.Must(s.t, s.Periods.Do(s.as("brida"), year, period.Close)) }

// extend extends the period for the own agency.
func (s *fixture) extend(ctx context.Context) error {
	return s.Periods.Extend(ctx, year, period.ExtensionEntry{Agency: s.own.Agency, Until: period.When{Day: "2-1-2099", Hour: "8.00"}, Reason: "Banjir"})
}

// proveRegional adds a proof to an answer of the region.
func (s *fixture) proveRegional() {
	s.t.Helper()
	world.Must(s.t, s.Regional.Save(s.as("brida"), year, "SPD-04", regional.Entry{Choice: "1", Subject: "Tabel", Address: "https://satu.go.id/tabel"}, nil))
	q, err := s.Regional.Question(s.as("brida"), year, "SPD-04")
	world.Must(s.t, err)
	s.id = q.Proofs[0].ID
}

// answer changes the existing answer.
func (s *fixture) answer(ctx context.Context) error {
	return s.Evidence.Save(ctx, s.own.Innovation, year, "SID-16", evidence.Entry{
		Choice: "3", Version: 1, Number: "2", Day: "2025-01-02", Subject: "Surat baru", FileID: s.pdf,
	}, nil)
}

// rivals returns the rivals of the act a.
var rivals = map[string]func(s *fixture, a act) error{
	"a close":      func(s *fixture, _ act) error { return s.Periods.Do(s.as("admin"), year, period.Close) },
	"the same act": func(s *fixture, a act) error { return a.do(s) },
	"the end of the window": func(s *fixture, _ act) error {
		s.ahead.Store(int64(48 * time.Hour))
		return nil
	},
	"a transfer": func(s *fixture, _ act) error {
		return s.Innovations.AnswerTransfer(s.as("rahasia-other"), s.own.Innovation, innovation.Accept, "")
	},
	"a withdrawal": func(s *fixture, _ act) error {
		return s.Innovations.Do(s.as("admin"), s.own.Innovation, innovation.Withdraw, "Ganda")
	},
	"the end of the assignment": func(s *fixture, a act) error {
		admin := s.as("admin2")
		person, err := s.Auth.Store.ByLogin(admin, a.who)
		if err != nil {
			return err
		}
		e, err := s.Accounts.ByID(admin, person.ID)
		if err != nil {
			return err
		}
		return s.Accounts.EndAssignment(admin, person.ID, e.Assignments[0].ID, "")
	},
	"a merge": func(s *fixture, _ act) error {
		today := period.FormatMoment(s.as("admin"), s.Clock()).Day
		return s.Agencies.Merge(s.as("admin"), s.own.Agency, agency.MergeEntry{
			DecreeForm: agency.DecreeForm{Number: "1/2026", Signed: today, On: today}, Into: agency.Target{ID: s.IDs["other"].Agency},
		})
	},
	"an answer":    func(s *fixture, _ act) error { return s.answer(s.as("operator")) },
	"an archiving": func(s *fixture, _ act) error { return s.Periods.Do(s.as("admin"), year, period.Archive) },
	"a reopening":  func(s *fixture, _ act) error { return s.Periods.Do(s.as("admin"), year, period.Reopen) },
	"a verdict": func(s *fixture, _ act) error {
		return s.Regional.Judge(s.as("admin"), s.answered, regional.Accept, "", 2)
	},
	"a figure taken": func(s *fixture, _ act) error { return s.Regional.ApplyToAnswer(s.as("admin"), s.accepted, true) },
	"a withdrawn request": func(s *fixture, _ act) error {
		return s.Regional.Judge(s.as("admin"), s.answered, regional.Withdraw, "Keliru", 2)
	},
}

// fingerprint returns everything that acts and rivals write in the first region,
// without ids and times that differ between runs. It also verifies the stored
// summaries and the chain of the log.
func (s *fixture) fingerprint() string {
	s.t.Helper()
	ctx := s.people["admin"]
	lines, err := sqldb.List(ctx, s.DB, sqldb.Self[string], `
		select 'period ' || id || ' ' || state || ' ' || coalesce(opens_at, '') || ' ' || coalesce(note, '') || ' ' || version from periods where region_id = $1
		union all
		select 'deadline ' || name from period_deadlines where region_id = $1
		union all
		select 'extension ' || coalesce(agency_name, '') || ' ' || reason || case when ended_at is null then '' else ' taken back' end from period_extensions where region_id = $1
		union all
		select 'innovation ' || i.name || ' ' || a.name || ' ' || coalesce(i.state, '') from innovations i
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id where i.region_id = $1
		union all
		select 'answer ' || innovation_id || ' ' || code || ' ' || coalesce(level, 0) || ' ' || version from answers where region_id = $1
		union all
		select 'use ' || u.code || ' ' || coalesce(d.subject, '') from document_uses u
		join documents d on d.region_id = u.region_id and d.id = u.document_id where u.region_id = $1 and u.ended_at is null
		union all
		select 'used file ' || f.name || ' ' || u.kind from files f
		join file_uses u on u.region_id = f.region_id and u.file_id = f.id and u.ended_at is null where f.region_id = $1
		union all
		select 'reason ' || coalesce(reason, '') from evidence_accesses where region_id = $1
		union all
		select 'endorsement ' || name || ' ' || answers_sha256 from endorsements where region_id = $1
		union all
		select 'guidance ' || words || ' ' || version from guidance where region_id = $1
		union all
		select 'sample ' || f.name || ' ' || v.verdict from guidance_samples v
		join files f on f.region_id = v.region_id and f.id = v.file_id where v.region_id = $1
		union all
		select 'regional ' || code || ' ' || coalesce(level, 0) || ' ' || coalesce(source, '') || ' ' || version from regional_answers where region_id = $1
		union all
		select 'figure ' || code || ' ' || year || ' ' || value || ' ' || coalesce(unit, '') from regional_figures where region_id = $1
		union all
		select 'proof ' || code || ' ' || coalesce(subject, '') || ' ' || case when ended_at is null then '' else 'off' end from regional_proofs where region_id = $1
		union all
		select 'request ' || code || ' ' || state || ' ' || coalesce(value, '') || ' ' || version || ' ' || case when applied then 'applied' else '' end from data_requests where region_id = $1
		union all
		select 'facts ' || kind || ' ' || figure || ' ' || coalesce(facts, '') from index_snapshots where region_id = $1
		union all
		select 'task ' || p.login || ' ' || t.role || ' ' || g.name || ' ' || case when t.valid_until is null then '' else 'ends' end from assignments t
		join people p on p.region_id = t.region_id and p.id = t.person_id
		left join agencies g on g.region_id = t.region_id and g.id = t.agency where t.region_id = $1 and t.agency is not null
		union all
		select 'job ' || kind || ' ' || cast(state as text) || ' ' || max_attempts from river_job where $1 <> ''
		union all
		select 'log ' || event || ' ' || count(*) from events where region_id = $1 group by event`,
		s.Home.Code)
	world.Must(s.t, err)
	lines = append(lines, s.rooms()...)
	lines = append(lines, s.credentials()...)
	s.nameInnovations(lines)
	slices.Sort(lines)
	wrong, err := s.Evidence.Store.Mismatches(ctx)
	world.Must(s.t, err)
	if len(wrong) > 0 {
		s.t.Errorf("stored summaries differ from their answers: %v", wrong)
	}
	if _, err := s.Audit.Verify(ctx); err != nil {
		s.t.Error(err)
	}
	return strings.Join(lines, "\n")
}

// nameInnovations replaces ids of innovations by names, since some ids differ
// between runs.
func (s *fixture) nameInnovations(lines []string) {
	s.t.Helper()
	list, err := s.Innovations.Store.List(s.people["admin"], innovation.Scope{Region: true})
	world.Must(s.t, err)
	for i := range lines {
		for _, one := range list {
			lines[i] = strings.ReplaceAll(lines[i], one.ID, one.Name)
		}
	}
}
