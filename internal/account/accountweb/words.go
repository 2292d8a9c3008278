package accountweb

import (
	"context"
	"slices"
	"strings"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/i18n"
	"siida.id/web/ui"
)

// RoleName returns the name of a role in the language of ctx.
func RoleName(ctx context.Context, role actor.Role) string {
	switch role {
	case actor.Operator:
		return i18n.T(ctx, "account.role_operator")
	case actor.Pendamping:
		return i18n.T(ctx, "account.role_pendamping")
	case actor.Kepala:
		return i18n.T(ctx, "account.role_kepala")
	case actor.Brida:
		return i18n.T(ctx, "account.role_brida")
	case actor.Pimpinan:
		return i18n.T(ctx, "account.role_pimpinan")
	case actor.Admin:
		return i18n.T(ctx, "account.role_admin")
	}
	return string(role)
}

// AsWhom returns the names of the roles of who, each once, or a text for none.
func AsWhom(ctx context.Context, who actor.Actor) string {
	var names []string
	for _, a := range who.Assignments {
		if name := RoleName(ctx, a.Role); !a.Below && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if names == nil {
		return i18n.T(ctx, "account.no_task")
	}
	return strings.Join(names, ", ")
}

// task returns the name of an assignment: the role, and for a kepala the way in which
// they hold the office.
func task(ctx context.Context, a account.Assignment) string {
	name := RoleName(ctx, a.Role)
	if how := acting(ctx, a.Acting); how != "" && a.Acting != account.Definitif {
		name += " (" + how + ")"
	}
	return name
}

func acting(ctx context.Context, a account.Acting) string {
	switch a {
	case account.Definitif:
		return i18n.T(ctx, "account.acting_definitif")
	case account.Plt:
		return i18n.T(ctx, "account.acting_plt")
	case account.Plh:
		return i18n.T(ctx, "account.acting_plh")
	}
	return ""
}

// state returns the state of an assignment as a label.
func state(ctx context.Context, s account.State) (ui.Role, string) {
	switch s {
	case account.Coming:
		return ui.Brand, i18n.T(ctx, "account.task_coming")
	case account.Counting:
		return ui.Positive, i18n.T(ctx, "account.task_counting")
	case account.Ended:
	}
	return ui.Neutral, i18n.T(ctx, "account.task_ended")
}

// loginStatus returns the login status of a person as a label.
func loginStatus(ctx context.Context, p account.Person, login account.LoginStatus, now time.Time) (ui.Role, string) {
	switch {
	case !p.Active:
		return ui.Neutral, i18n.T(ctx, "account.inactive")
	case login.CodeUntil.IsZero():
		return ui.Positive, i18n.T(ctx, "account.active")
	case now.Before(login.CodeUntil):
		return ui.Brand, i18n.T(ctx, "account.code_waiting")
	}
	return ui.Warning, i18n.T(ctx, "account.code_over")
}

// place returns the name of the agency of an assignment, or a text for the whole
// region.
func place(ctx context.Context, units []account.Unit, a account.Assignment) string {
	if a.Agency == "" {
		return i18n.T(ctx, "account.whole_region")
	}
	for _, u := range units {
		if u.ID == a.Agency {
			return u.Name
		}
	}
	return i18n.T(ctx, "account.agency_gone")
}

func unitOptions(units []account.Unit) []ui.Group {
	var all ui.Group
	for _, u := range units {
		all.Options = append(all.Options, ui.Option{Value: u.ID, Label: u.Name})
	}
	return []ui.Group{all}
}

func roleOptions(ctx context.Context) []ui.Group {
	one, whole := ui.Group{Name: i18n.T(ctx, "account.for_agency")}, ui.Group{Name: i18n.T(ctx, "account.whole_region")}
	for _, role := range actor.Roles() {
		option := ui.Option{Value: string(role), Label: RoleName(ctx, role)}
		if account.ForAgency(role) {
			one.Options = append(one.Options, option)
		} else {
			whole.Options = append(whole.Options, option)
		}
	}
	return []ui.Group{one, whole}
}

func actingOptions(ctx context.Context) []ui.Group {
	var all ui.Group
	for _, a := range account.Actings() {
		all.Options = append(all.Options, ui.Option{Value: string(a), Label: acting(ctx, a)})
	}
	return []ui.Group{all}
}

func languageOptions(ctx context.Context) []ui.Group {
	var all ui.Group
	for _, l := range i18n.Languages(ctx) {
		all.Options = append(all.Options, ui.Option{Value: l.Code, Label: l.Name})
	}
	return []ui.Group{all}
}

// languageName returns the label of a language, empty for that of the browser.
func languageName(ctx context.Context, code string) string {
	for _, l := range i18n.Languages(ctx) {
		if l.Code == code {
			return l.Name
		}
	}
	return i18n.T(ctx, "account.language_browser")
}
