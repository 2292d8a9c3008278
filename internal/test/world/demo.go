package world

import (
	"context"
	"strings"
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/app"
	"siida.id/internal/auth"
	"siida.id/internal/demo"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/region"
)

var (
	empty    = sqldbtest.NewTemplate(nil)
	demoMade = newFixture(func(ctx context.Context, p *app.Program) error { return p.FillDemo(ctx) })
	alone    = newFixture(func(ctx context.Context, p *app.Program) error {
		_, err := firstAdmin(ctx, p, region.Region{
			Code: "18.01", Name: "Kabupaten Lampung Selatan", URL: "http://127.0.0.1:8080",
		}, "Admin")
		return err
	})
)

// Empty returns a program without rows or files.
func Empty(tb testing.TB) *app.Program {
	tb.Helper()
	return EmptyOn(tb, empty.SQLite(tb))
}

// EmptyOn returns a program without files on a database.
func EmptyOn(tb testing.TB, db *sqldb.DB) *app.Program {
	tb.Helper()
	return programIn(tb, db, tb.TempDir())
}

// On returns a program on a database and the folder of its files.
func On(tb testing.TB, db *sqldb.DB, files string) *app.Program {
	tb.Helper()
	return programIn(tb, db, files)
}

// Alone returns a program with one region that has only an administrator,
// "admin" with Passphrase.
func Alone(tb testing.TB) *app.Program {
	tb.Helper()
	p, _ := alone.program(tb, alone.rows.SQLite(tb))
	return p
}

// Demo returns a program with the made-up regency.
func Demo(tb testing.TB) *app.Program {
	tb.Helper()
	p, _ := demoMade.program(tb, demoMade.rows.SQLite(tb))
	return p
}

// EachDemo runs fn with the made-up regency once per engine.
func EachDemo(t *testing.T, fn func(t *testing.T, p *app.Program)) {
	t.Helper()
	demoMade.rows.Each(t, func(t *testing.T, db *sqldb.DB) {
		p, _ := demoMade.program(t, db)
		fn(t, p)
	})
}

// EachDemoDSN is EachDemo with where the rows and the files lie.
func EachDemoDSN(t *testing.T, fn func(t *testing.T, p *app.Program, dsn, files string)) {
	t.Helper()
	demoMade.rows.EachDSN(t, func(t *testing.T, dsn string) {
		db, err := sqldb.Open(t.Context(), dsn)
		Must(t, err)
		t.Cleanup(func() { _ = db.Close() })
		p, folder := demoMade.program(t, db)
		fn(t, p, dsn, folder)
	})
}

// DemoData returns a data folder with the made-up regency.
func DemoData(tb testing.TB) string {
	tb.Helper()
	return demoMade.data(tb)
}

// DemoPassword is the password of the demo's people.
func DemoPassword(tb testing.TB) string {
	tb.Helper()
	logins, err := demo.Logins()
	Must(tb, err)
	return logins[0].Password
}

// OnlyRegion returns the only region of a program.
func OnlyRegion(tb testing.TB, p *app.Program) region.Region {
	tb.Helper()
	regions, err := p.Regions.All(tb.Context())
	Must(tb, err)
	if len(regions) != 1 {
		tb.Fatalf("regions %v, want one", regions)
	}
	return regions[0]
}

// AsBrida returns a context for reading as BRIDA in the program's only region.
func AsBrida(tb testing.TB, p *app.Program) context.Context {
	tb.Helper()
	return brida(tb, OnlyRegion(tb, p))
}

// AsAdmin returns a context in which the administrator of the only region acts.
func AsAdmin(tb testing.TB, p *app.Program) context.Context {
	tb.Helper()
	return Acting(tb, p, OnlyRegion(tb, p), "admin")
}

// Session signs in a person of the only region.
func Session(tb testing.TB, p *app.Program, login, secret string) string {
	tb.Helper()
	tokens, err := p.Auth.SignIn(region.Within(tb.Context(), OnlyRegion(tb, p)), login, secret, auth.ClientInfo{Address: "192.0.2.9"})
	Must(tb, err)
	return tokens.Session
}

// InnovationNamed finds an innovation of the demo by the start of its name.
func InnovationNamed(tb testing.TB, p *app.Program, start string) string {
	tb.Helper()
	list, err := p.Innovations.List(AsAdmin(tb, p))
	Must(tb, err)
	for _, i := range list {
		if strings.HasPrefix(i.Name, start) {
			return i.ID
		}
	}
	tb.Fatalf("no innovation begins with %q", start)
	return ""
}

// PersonNamed finds a person of the demo by sign-in name, and their agency.
func PersonNamed(tb testing.TB, p *app.Program, login string) (person, agency string) {
	tb.Helper()
	for number, last := 1, 1; number <= last; number++ {
		list, err := p.Accounts.List(AsAdmin(tb, p), account.Filter{Number: number})
		Must(tb, err)
		for _, e := range list.People {
			if e.Login == login {
				return e.ID, e.Assignments[0].Agency
			}
		}
		last = list.Last
	}
	tb.Fatalf("nobody signs in as %q", login)
	return "", ""
}

// RequestFor is the demo's data request for an indicator of the region.
func RequestFor(tb testing.TB, p *app.Program, code string) string {
	tb.Helper()
	l, err := p.Regional.Listing(AsBrida(tb, p), "2027")
	Must(tb, err)
	for _, r := range l.List {
		if r.Code == code {
			return r.ID
		}
	}
	tb.Fatalf("no request for %s", code)
	return ""
}
