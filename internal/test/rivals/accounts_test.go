package rivals

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// created is what a row created before its act, and the secrets that its people
// have.
type created struct {
	id       string // of what is withdrawn
	code     string // one-time code
	session  string // waiting for its second factor
	session2 string // another one of the same person
	link     string // for the first administrator
}

// third is a region that has no administrator yet.
var third = region.Region{Code: "18.03", Name: "Kabupaten Tiga", URL: "http://tiga.example"}

// factors is a fake whose secrets are numbers; a code is the secret, a zero and the
// step.
type factors struct{ secrets atomic.Int64 }

// Secret implements auth.Factors.
func (f *factors) Secret(string) (string, error) { return strconv.FormatInt(f.secrets.Add(1), 10), nil }

// Reveal implements auth.Factors.
func (f *factors) Reveal(secret, _, _ string) (typed, link string, err error) {
	return secret, secret, nil
}

// Seal implements auth.Factors.
func (f *factors) Seal(secret, _ string) (sealed string, changed bool, err error) {
	return secret, false, nil
}

// Step implements auth.Factors.
func (f *factors) Step(secret, _, code string, _ time.Time) (step int64, ok bool, err error) {
	after, ok := strings.CutPrefix(code, secret+"0")
	if !ok {
		return 0, false, nil
	}
	step, err = strconv.ParseInt(after, 10, 64)
	return step, err == nil, nil
}

const newPassword = "gerbang-kayu-jati-tua"

var from = auth.ClientInfo{Address: "192.0.2.1"}

// beginFactor begins a person's second factor, and stores its first code.
func (s *fixture) beginFactor(login string) {
	s.t.Helper()
	ctx := s.as(login)
	world.Must(s.t, s.Auth.BeginFactor(ctx, world.Passphrase, from))
	f, err := s.Auth.Store.Factor(ctx, actor.From(ctx).ID)
	world.Must(s.t, err)
	s.code = f.Secret + "01"
}

// enableFactor enables a person's second factor, and returns its next code and
// the first recovery code.
func (s *fixture) enableFactor(login string) (next, recovery string) {
	s.t.Helper()
	s.beginFactor(login)
	codes, _, err := s.Auth.ConfirmFactor(s.as(login), s.code, from)
	world.Must(s.t, err)
	return strings.TrimSuffix(s.code, "1") + "2", codes[0]
}

// pendingSession returns a session of the operator that waits for the second
// factor.
func (s *fixture) pendingSession(password string) string {
	s.t.Helper()
	t, err := s.Auth.SignIn(s.as("visitor"), "operator", password, from)
	world.Must(s.t, err)
	if t.Stage == auth.Open {
		s.t.Fatal("the session waits for nothing")
	}
	return t.Session
}

// issueCode issues a one-time code to the operator.
func issueCode(s *fixture) {
	invite, err := s.Accounts.IssueCode(s.as("admin"), s.operator.ID)
	world.Must(s.t, err)
	s.code = invite.Text
}

// withPendingSessions gives the operator a second factor and two sessions that
// wait for it.
func withPendingSessions(s *fixture) {
	s.code, _ = s.enableFactor("operator")
	s.session, s.session2 = s.pendingSession(world.Passphrase), s.pendingSession(world.Passphrase)
}

// recovering is withPendingSessions with a recovery code.
func recovering(s *fixture) {
	_, s.code = s.enableFactor("operator")
	s.session, s.session2 = s.pendingSession(world.Passphrase), s.pendingSession(world.Passphrase)
}

// withFactor gives a person a second factor.
func withFactor(login string) func(s *fixture) {
	return func(s *fixture) { s.code, _ = s.enableFactor(login) }
}

// withSetupLink creates a region without an administrator, with its setup link.
func withSetupLink(s *fixture) {
	world.Must(s.t, s.Program.Regions.Add(s.as("visitor"), third))
	link, _, err := s.Auth.SetupLink(s.as("visitor"), third.Code)
	world.Must(s.t, err)
	s.link = link
}

func (s *fixture) signIn(ctx context.Context, password string) error {
	_, err := s.Auth.SignIn(ctx, "operator", password, from)
	return err
}

// showSecond enters the code in a session that waits for it.
func (s *fixture) showSecond(ctx context.Context, session string) error {
	_, err := s.Auth.ShowSecond(ctx, s.code, auth.ClientInfo{Address: from.Address, Session: session})
	return err
}

func (s *fixture) setUp(ctx context.Context, login string) error {
	form := auth.SetupForm{Name: "Orang Pertama", Login: login, Password: newPassword, Again: newPassword}
	_, err := s.Auth.Setup(region.Within(ctx, third), s.link, form, from)
	return err
}

// errNotNeeded is returned for a setup link that is not needed.
var errNotNeeded = errors.New("there is an administrator already")

func (s *fixture) newLink(ctx context.Context) error {
	_, needed, err := s.Auth.SetupLink(ctx, third.Code)
	if err == nil && !needed {
		return errNotNeeded
	}
	return err
}

// accountActs are sign-in and changes to credentials.
var accountActs = []act{
	{name: "a sign-in", who: "visitor", tries: 1, rivals: []string{"a new password", "another code", "a stopped person", "the same act"}, call: func(s *fixture, ctx context.Context) error {
		return s.signIn(ctx, world.Passphrase)
	}},
	{name: "a one-time code shown", who: "visitor", tries: 1, rivals: []string{"another code", "a stopped person", "the same act"}, given: issueCode, call: func(s *fixture, ctx context.Context) error {
		return s.signIn(ctx, s.code)
	}},
	{name: "a password after a code", who: "visitor", rivals: []string{"another code", "a stopped person", "the same act"}, given: func(s *fixture) {
		issueCode(s)
		s.session = s.pendingSession(s.code)
	}, call: func(s *fixture, ctx context.Context) error {
		_, err := s.Auth.Choose(ctx, newPassword, newPassword, auth.ClientInfo{Address: from.Address, Session: s.session})
		return err
	}},
	{name: "a new password", who: "operator", tries: 1, rivals: []string{"a sign-in", "another password", "another code", "a stopped person", "the same act"}, call: func(s *fixture, ctx context.Context) error {
		_, err := s.Auth.ChangePassword(ctx, world.Passphrase, newPassword, newPassword, from)
		return err
	}},
	{name: "a second factor begun", who: "operator", tries: 1, rivals: []string{"a second factor", "a stopped person"}, given: func(s *fixture) { s.beginFactor("operator") }, call: func(s *fixture, ctx context.Context) error {
		return s.Auth.BeginFactor(ctx, world.Passphrase, from)
	}},
	{name: "a second factor", who: "operator", tries: 1, rivals: []string{"a second factor begun", "a reset factor", "a stopped person", "another code", "the same act"}, given: func(s *fixture) { s.beginFactor("operator") }, call: func(s *fixture, ctx context.Context) error {
		_, _, err := s.Auth.ConfirmFactor(ctx, s.code, from)
		return err
	}},
	{name: "a second factor shown", who: "visitor", tries: 1, rivals: []string{"the same code elsewhere", "a reset factor", "another code", "a stopped person", "the same act"}, given: withPendingSessions, call: func(s *fixture, ctx context.Context) error {
		return s.showSecond(ctx, s.session)
	}},
	{name: "a recovery code shown", who: "visitor", tries: 1, rivals: []string{"the same code elsewhere", "new recovery codes", "a second factor ended", "a reset factor", "another code", "a stopped person", "the same act"}, given: recovering, call: func(s *fixture, ctx context.Context) error {
		return s.showSecond(ctx, s.session)
	}},
	{name: "new recovery codes", who: "operator", tries: 2, rivals: []string{"a second factor ended", "a reset factor", "a stopped person", "the same act"}, given: withFactor("operator"), call: func(s *fixture, ctx context.Context) error {
		_, err := s.Auth.RenewRecovery(ctx, world.Passphrase, s.code)
		return err
	}},
	{name: "a second factor ended", who: "brida", tries: 2, rivals: []string{"a demand", "a demand revoked", "the end of the assignment", "the same act"}, given: withFactor("brida"), call: func(s *fixture, ctx context.Context) error {
		return s.Auth.EndFactor(ctx, world.Passphrase, s.code)
	}},
	{name: "a reset factor", who: "admin", rivals: append(same, "the same code elsewhere", "a stopped person"), given: withPendingSessions, call: func(s *fixture, ctx context.Context) error {
		return s.Accounts.ResetFactor(ctx, s.operator.ID)
	}},
	{name: "a demand", who: "admin", rivals: append(same, "a demand revoked", "a sign-in"), call: func(s *fixture, ctx context.Context) error {
		return s.Accounts.SetDemand(ctx, true)
	}},
	{name: "a first administrator", who: "visitor", rivals: []string{"another first administrator", "a setup link", "the same act"}, given: withSetupLink, call: func(s *fixture, ctx context.Context) error {
		return s.setUp(ctx, "pertama")
	}},
	{name: "a setup link", who: "visitor", rivals: []string{"another first administrator", "the same act"}, given: withSetupLink, call: (*fixture).newLink},
}

// accountRivals are the rivals of accountActs beside those of all acts.
var accountRivals = map[string]func(s *fixture, a act) error{
	"a sign-in": func(s *fixture, _ act) error { return s.signIn(s.as("visitor"), world.Passphrase) },
	"a new password": func(s *fixture, _ act) error {
		_, err := s.Auth.ChangePassword(s.as("operator"), world.Passphrase, newPassword, newPassword, from)
		return err
	},
	"another password": func(s *fixture, _ act) error {
		const other = "jembatan-bambu-tepi-sungai"
		_, err := s.Auth.ChangePassword(s.as("operator"), world.Passphrase, other, other, from)
		return err
	},
	"another code": func(s *fixture, _ act) error {
		_, err := s.Accounts.IssueCode(s.as("admin2"), s.operator.ID)
		return err
	},
	"a stopped person": func(s *fixture, _ act) error { return s.Accounts.SetActive(s.as("admin2"), s.operator.ID, false) },
	"a second factor": func(s *fixture, _ act) error {
		_, _, err := s.Auth.ConfirmFactor(s.as("operator"), s.code, from)
		return err
	},
	"a second factor begun":   func(s *fixture, _ act) error { return s.Auth.BeginFactor(s.as("operator"), world.Passphrase, from) },
	"a reset factor":          func(s *fixture, _ act) error { return s.Accounts.ResetFactor(s.as("admin2"), s.operator.ID) },
	"the same code elsewhere": func(s *fixture, _ act) error { return s.showSecond(s.as("visitor"), s.session2) },
	"new recovery codes": func(s *fixture, _ act) error {
		_, err := s.Auth.RenewRecovery(s.as("operator"), world.Passphrase, "102")
		return err
	},
	"a second factor ended":       func(s *fixture, _ act) error { return s.Auth.EndFactor(s.as("operator"), world.Passphrase, "103") },
	"a demand":                    func(s *fixture, _ act) error { return s.Accounts.SetDemand(s.as("admin"), true) },
	"a demand revoked":            func(s *fixture, _ act) error { return s.Accounts.SetDemand(s.as("admin2"), false) },
	"another first administrator": func(s *fixture, _ act) error { return s.setUp(s.as("visitor"), "kedua") },
	"a setup link":                func(s *fixture, _ act) error { return s.newLink(s.as("visitor")) },
}

// credentials is the part of the fingerprint that accountActs change.
func (s *fixture) credentials() []string {
	s.t.Helper()
	lines, err := sqldb.List(s.people["admin"], s.DB, sqldb.Self[string], `
		select 'signed in ' || p.login || ' ' || coalesce(s.stage, '') || ' ' || count(*) from sessions s
		join people p on p.region_id = s.region_id and p.id = s.person_id where s.region_id in ($1, $2) group by p.login, s.stage
		union all
		select 'password ' || p.login || ' ' || c.password_hash from people p
		join credentials c on c.region_id = p.region_id and c.person_id = p.id where p.region_id in ($1, $2) and c.code_until is null
		union all
		select 'failures ' || login || ' ' || count(*) from login_failures where region_id in ($1, $2) group by login
		union all
		select 'factor ' || p.login || ' ' || f.last_step || case when f.confirmed then ' confirmed' else '' end from second_factors f
		join people p on p.region_id = f.region_id and p.id = f.person_id where f.region_id = $1
		union all
		select 'recovery codes ' || p.login || ' ' || count(*) from recovery_codes r
		join people p on p.region_id = r.region_id and p.id = r.person_id where r.region_id = $1 group by p.login
		union all
		select 'demand ' || case when demands_factor then 'yes' else 'no' end from auth_settings where region_id = $1
		union all
		select 'link ' || region_id from setup_links where region_id in ($1, $2)
		union all
		select 'third person ' || login || ' ' || name from people where region_id = $2
		union all
		select 'third log ' || event || ' ' || count(*) from events where region_id = $2 group by event`,
		s.Home.Code, third.Code)
	world.Must(s.t, err)
	return lines
}
