package access

import (
	"strings"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/guidance"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/region"
	"siida.id/internal/regional"
	"siida.id/internal/test/world"
)

const (
	year = "2026"
	sid  = "SID-16"
	spd  = "SPD-04" // an indicator of the region
)

// things returns further objects that a path or a form names: each is created
// again if an earlier request removed it.
var things = map[string]func(t *testing.T, w *world.Regions, persona, place string) string{
	"{request}":    func(t *testing.T, w *world.Regions, _, place string) string { return w.RequestOf(t, place) },
	"{issued}":     func(t *testing.T, w *world.Regions, _, place string) string { return w.IssuedOf(t, place).ID },
	"{checked}":    func(t *testing.T, w *world.Regions, _, place string) string { return w.IssuedOf(t, place).Code },
	"{session}":    sessionAt,
	"{assignment}": assignmentAt,
	"{deadline}":   deadlineAt,
	"{extension}":  extensionAt,
	"{sample}":     sampleAt,
	"{proof}":      proofAt,
	"{file}":       fileAt,
	"{job}": func(t *testing.T, w *world.Regions, _, place string) string {
		return w.ParkedJob(t, w.In(place).Code, "index.day", "")
	},
}

// pdf returns a file that contains its place.
func pdf(w *world.Regions, place string) *strings.Reader {
	return strings.NewReader("%PDF-1.7 " + w.IDs[place].Secret)
}

// sessionAt returns another session of the persona in its own place, else one of
// the person at that place.
func sessionAt(t *testing.T, w *world.Regions, persona, place string) string {
	t.Helper()
	login := w.IDs[place].Secret
	switch {
	case persona == "outsider" && place == "away":
		login = "admin"
	case persona != "visitor" && persona != "outsider" && place == "own":
		login = persona
	}
	ctx := region.Within(t.Context(), w.In(place))
	_, err := w.Auth.SignIn(ctx, login, world.Passphrase, auth.ClientInfo{Address: "192.0.2.7"})
	world.Must(t, err)
	person, err := w.Auth.Store.ByLogin(ctx, login)
	world.Must(t, err)
	list, err := w.Auth.Store.SessionsOf(ctx, person.ID, auth.Span{Until: w.Clock().Add(time.Hour)}, time.Time{})
	world.Must(t, err)
	return list[0].ID // the most recently used
}

// assignmentAt is one of the place's person that has not ended.
func assignmentAt(t *testing.T, w *world.Regions, _, place string) string {
	t.Helper()
	admin := world.Acting(t, w.Program, w.In(place), "admin")
	person := w.IDs[place].Person
	for range 2 {
		e, err := w.Accounts.ByID(admin, person)
		world.Must(t, err)
		for _, a := range e.Assignments {
			if a.State(w.Clock()) != account.Ended {
				return a.ID
			}
		}
		world.Must(t, w.Accounts.Assign(admin, person, account.TaskForm{Role: string(actor.Operator), Agency: w.IDs[place].Agency}))
	}
	t.Fatal("an assignment that was given is not there")
	return ""
}

func calendar(t *testing.T, w *world.Regions, place string) period.Calendar {
	t.Helper()
	c, err := w.Periods.Calendar(world.AsBridaIn(t, w.Program, w.In(place)), year)
	world.Must(t, err)
	return c
}

func deadlineAt(t *testing.T, w *world.Regions, _, place string) string {
	t.Helper()
	if c := calendar(t, w, place); len(c.Deadlines) > 0 {
		return c.Deadlines[0].ID
	}
	ctx := world.AsBridaIn(t, w.Program, w.In(place))
	world.Must(t, w.Periods.AddDeadline(ctx, year, "Bukti", period.When{Day: "1-7-2099", Hour: "12.00"}))
	return calendar(t, w, place).Deadlines[0].ID
}

func extensionAt(t *testing.T, w *world.Regions, _, place string) string {
	t.Helper()
	given := func() string {
		t.Helper()
		for _, e := range calendar(t, w, place).Extensions {
			if e.Counts() {
				return e.ID
			}
		}
		return ""
	}
	if id := given(); id != "" {
		return id
	}
	ctx := world.AsBridaIn(t, w.Program, w.In(place))
	if c := calendar(t, w, place); c.Closes.IsZero() {
		world.Must(t, w.Periods.SetWindow(ctx, year, period.WindowEntry{Closes: period.When{Day: "1-7-2099", Hour: "12.00"}, Version: c.Version}))
	}
	world.Must(t, w.Periods.Extend(ctx, year, period.ExtensionEntry{
		Agency: period.Everyone, Until: period.When{Day: "2-7-2099", Hour: "12.00"}, Reason: "Listrik padam",
	}))
	return given()
}

func sampleAt(t *testing.T, w *world.Regions, _, place string) string {
	t.Helper()
	ctx := world.AsBridaIn(t, w.Program, w.In(place))
	g, err := w.Guidance.ByCode(ctx, year, sid)
	world.Must(t, err)
	if len(g.Samples) > 0 {
		return g.Samples[0].ID
	}
	sent, err := w.Guidance.ReceiveSample(ctx, year, sid, "contoh.pdf", strings.NewReader("%PDF-1.7 contoh"))
	world.Must(t, err)
	world.Must(t, w.Guidance.ShowSample(ctx, year, sid, guidance.SampleEntry{FileID: sent.ID, Verdict: string(guidance.Right), Caption: "Begini"}, nil))
	return sent.ID
}

func proofAt(t *testing.T, w *world.Regions, _, at string) string {
	t.Helper()
	ctx := world.AsBridaIn(t, w.Program, w.In(at))
	q, err := w.Regional.Question(ctx, year, spd)
	world.Must(t, err)
	if len(q.Proofs) > 0 {
		return q.Proofs[0].ID
	}
	sent, err := w.Regional.Receive(ctx, year, spd, "rilis.pdf", strings.NewReader("%PDF-1.7 rilis"))
	world.Must(t, err)
	e := regional.EntryOf(q)
	e.Choice, e.Subject, e.FileID = "1", "Rilis BPS", sent.ID
	world.Must(t, w.Regional.Save(ctx, year, spd, e, nil))
	q, err = w.Regional.Question(ctx, year, spd)
	world.Must(t, err)
	return q.Proofs[0].ID
}

// fileAt is a file of the innovation's profile.
func fileAt(t *testing.T, w *world.Regions, _, place string) string {
	t.Helper()
	admin := world.Acting(t, w.Program, w.In(place), "admin")
	for range 2 {
		p, err := w.Innovations.ProfileFiles(admin, w.IDs[place].Innovation)
		world.Must(t, err)
		if len(p.Files) > 0 {
			return p.Files[0].ID
		}
		world.Must(t, w.Innovations.Attach(admin, w.IDs[place].Innovation, innovation.Budget, "anggaran.pdf", pdf(w, place)))
	}
	t.Fatal("a file that was attached is not there")
	return ""
}

// scanned ensures that the decree of the place has a scan.
func scanned(t *testing.T, w *world.Regions, place string) {
	t.Helper()
	ctx := world.AsBridaIn(t, w.Program, w.In(place))
	_, scan, err := w.Decrees.OpenScan(ctx, w.IDs[place].Decree)
	if fault.KindOf(err) == fault.NotFound {
		world.Must(t, w.Decrees.AttachScan(ctx, w.IDs[place].Decree, "sk.pdf", strings.NewReader("%PDF-1.7 sk")))
		return
	}
	world.Must(t, err)
	world.Must(t, scan.Close())
}

// crested ensures that both regions have a letterhead with a crest.
func crested(t *testing.T, w *world.Regions, _ string) {
	t.Helper()
	for _, at := range []string{"own", "away"} {
		ctx := world.AsBridaIn(t, w.Program, w.In(at))
		head, err := w.Report.Letterhead(ctx)
		world.Must(t, err)
		if head.Logo.ID == "" {
			world.WithLetterhead(t, ctx, w.Program)
		}
	}
}
