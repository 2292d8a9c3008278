package world

import (
	"context"
	"net/url"
	"testing"

	"github.com/pquerna/otp/totp"

	"siida.id/internal/accesslog"
	"siida.id/internal/agency"
	"siida.id/internal/app"
	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/id"
	"siida.id/internal/board"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
)

// AddRows adds rows to the tables that the demo leaves empty.
func AddRows(tb testing.TB, p *app.Program) {
	tb.Helper()
	here := OnlyRegion(tb, p)
	admin, brida := Acting(tb, p, here, "admin"), Acting(tb, p, here, "brida")
	Must(tb, p.Agencies.AddKind(admin, "Kantor Bersama"))
	Must(tb, p.Agencies.SaveSettings(admin, agency.Settings{}))
	Must(tb, p.Accounts.SetDemand(admin, false))
	Must(tb, p.Board.SetThresholds(admin, board.Entry{QuietDays: "21", PaceDays: "14"}))

	Must(tb, p.DB.InTx(admin, func(ctx context.Context) error {
		form := creating.To("/perangkat-daerah", "/perangkat-daerah", p.Creations.Find)
		form.Set(url.Values{creating.Field: {id.New()}})
		return p.Creations.Claim(ctx, form)
	}))

	document, err := sqldb.One(brida, p.DB, sqldb.Self[string], `select min(id) from documents where kind <> 'link'`)
	Must(tb, err)
	_, content, err := p.Evidence.Open(brida, document)
	Must(tb, err)
	Must(tb, content.Close())
	p.AccessLog.Note(brida, accesslog.Entry{Address: "192.0.2.9", Route: "GET /orang/{id}", Path: "/orang/1", Outcome: accesslog.OutcomeForbidden})
	p.AccessLog.Note(region.Within(tb.Context(), here), accesslog.Entry{Address: "192.0.2.9", Outcome: accesslog.OutcomeNotFound})
	Must(tb, p.Flush(tb.Context()))

	visitor := region.Within(tb.Context(), here)
	for _, login := range []string{"dishub", "nobody"} {
		if _, err := p.Auth.SignIn(visitor, login, "not the password", auth.ClientInfo{Address: "192.0.2.9"}); err == nil {
			tb.Errorf("%s signed in with any password", login)
		}
	}
	addFactor(tb, p, here)

	second := region.Region{Code: "18.02", Name: "Kabupaten Contoh", URL: "http://contoh.example", Zone: here.Zone}
	Must(tb, p.Regions.Add(tb.Context(), second))
	_, _, err = p.Auth.SetupLink(region.Within(tb.Context(), second), second.Code)
	Must(tb, err)
}

// addFactor signs in with a new second factor.
func addFactor(tb testing.TB, p *app.Program, here region.Region) {
	tb.Helper()
	visitor := region.Within(tb.Context(), here)
	tokens, err := p.Auth.SignIn(visitor, "kalianda", DemoPassword(tb), auth.ClientInfo{Address: "192.0.2.9"})
	Must(tb, err)
	who, err := p.Auth.Resume(visitor, tokens.Session)
	Must(tb, err)
	ctx := actor.With(tb.Context(), who)
	Must(tb, p.Auth.BeginFactor(ctx, DemoPassword(tb), auth.ClientInfo{Address: "192.0.2.9", Session: tokens.Session}))
	setting, err := p.Auth.Setting(ctx, tokens.Session)
	Must(tb, err)
	code, err := totp.GenerateCode(setting.Secret, p.Clock())
	Must(tb, err)
	_, _, err = p.Auth.ConfirmFactor(ctx, code, auth.ClientInfo{Address: "192.0.2.9", Session: tokens.Session})
	Must(tb, err)
}
