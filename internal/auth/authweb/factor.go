package authweb

import (
	"net/http"
	"net/url"
	"strings"

	"siida.id/internal/auth"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// continueSignIn redirects to the next step of the sign-in, or to the path to if the
// session is open.
func continueSignIn(w http.ResponseWriter, r *http.Request, t auth.Tokens, to string) error {
	setCookies(w, r, t)
	query := "?" + url.Values{"ke": {to}}.Encode()
	switch t.Stage {
	case auth.Choosing:
		to = "/sandi-baru" + query
	case auth.Second:
		to = "/masuk/kode" + query
	case auth.Enrolling:
		to = "/dua-langkah" + query
	case auth.Open:
	}
	http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // a path of this server
	return nil
}

// groups inserts a space after every four characters.
func groups(text string) string {
	var b strings.Builder
	for i, r := range text {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (h *Web) secondPage(w http.ResponseWriter, r *http.Request) error {
	if err := h.Service.CheckSecond(r.Context(), Token(r)); err != nil {
		return err
	}
	return h.showSecond(w, r, http.StatusOK, secondPage{to: httpx.Local(r.FormValue("ke"))})
}

func (h *Web) showSecond(w http.ResponseWriter, r *http.Request, status int, page secondPage) error {
	page.Frame = h.Frame(r, i18n.T(r.Context(), "auth.factor_second"))
	page.Failed = len(page.mistakes) > 0
	return render.Page(w, r, status, second(page))
}

func (h *Web) showsSecond(w http.ResponseWriter, r *http.Request) error {
	to := httpx.Local(r.PostFormValue("ke"))
	tokens, err := h.Service.ShowSecond(r.Context(), r.PostFormValue("kode"), clientInfo(r))
	if fault.Temporary(err) {
		return h.showSecond(w, r, httpx.Status(fault.KindOf(err)), secondPage{to: to, mistakes: notNow(r, err, "auth.code_again")})
	}
	if list, refused := stepMistakes(w, r, "kode", err); refused {
		return h.showSecond(w, r, httpx.Status(fault.KindOf(err)), secondPage{to: to, mistakes: list})
	}
	if err != nil {
		return err
	}
	return continueSignIn(w, r, tokens, to)
}

// stepMistakes returns the mistakes of a fault about a step, after too many attempts at
// the form's first input; refused reports whether err is one.
func stepMistakes(w http.ResponseWriter, r *http.Request, first string, err error) (list ui.Mistakes, refused bool) {
	switch kind := fault.KindOf(err); {
	case err == nil:
	case fault.Mistakes(err) || fault.Temporary(err):
		return ui.MistakesOf(r.Context(), err, inputs), true
	case kind == fault.Throttle:
		return throttled(w, r, first, err), true
	}
	return nil, false
}

func (h *Web) factorPage(w http.ResponseWriter, r *http.Request) error {
	return h.showFactor(w, r, http.StatusOK, factorPage{to: httpx.Local(r.FormValue("ke"))})
}

func (h *Web) showFactor(w http.ResponseWriter, r *http.Request, status int, page factorPage) (err error) {
	if page.Setting, err = h.Service.Setting(r.Context(), Token(r)); err != nil {
		return err
	}
	page.Frame = h.Frame(r, i18n.T(r.Context(), "account.factor"))
	page.Here, page.Failed = "/dua-langkah?"+url.Values{"ke": {page.to}}.Encode(), len(page.mistakes) > 0
	return render.Page(w, r, status, factor(page))
}

func (h *Web) beginFactor(w http.ResponseWriter, r *http.Request) error {
	to := httpx.Local(r.PostFormValue("ke"))
	if err := h.Service.BeginFactor(r.Context(), r.PostFormValue("lama"), clientInfo(r)); err != nil {
		return h.refuseFactor(w, r, to, "lama", err)
	}
	http.Redirect(w, r, "/dua-langkah?"+url.Values{"ke": {to}}.Encode(), http.StatusSeeOther)
	return nil
}

func (h *Web) confirmFactor(w http.ResponseWriter, r *http.Request) error {
	to := httpx.Local(r.PostFormValue("ke"))
	codes, tokens, err := h.Service.ConfirmFactor(r.Context(), r.PostFormValue("kode"), clientInfo(r))
	if err != nil {
		return h.refuseFactor(w, r, to, "kode", err)
	}
	if tokens.Session != "" {
		setCookies(w, r, tokens)
	}
	return h.showRecovery(w, r, codes, to)
}

// refuseFactor shows the page with the fault of a step, whose form begins with first.
func (h *Web) refuseFactor(w http.ResponseWriter, r *http.Request, to, first string, err error) error {
	page := factorPage{to: to}
	if list, refused := stepMistakes(w, r, first, err); refused {
		page.mistakes = list
	} else if fault.KindOf(err) == fault.Conflict {
		page.refused = i18n.T(r.Context(), fault.KeyOf(err), fault.ArgsOf(err))
	} else {
		return err
	}
	return h.showFactor(w, r, httpx.Status(fault.KindOf(err)), page)
}

func (h *Web) showRecovery(w http.ResponseWriter, r *http.Request, codes []string, to string) error {
	page := recoveryPage{h.Frame(r, i18n.T(r.Context(), "auth.recovery")), codes, to}
	page.Here = "/dua-langkah"
	return render.Page(w, r, http.StatusOK, recovery(page))
}

func (h *Web) renewRecovery(w http.ResponseWriter, r *http.Request) error {
	codes, err := h.Service.RenewRecovery(r.Context(), r.PostFormValue("lama"), r.PostFormValue("kode"))
	if err != nil {
		return h.refuseFactor(w, r, "/saya", "lama", err)
	}
	return h.showRecovery(w, r, codes, "/saya")
}

func (h *Web) endFactor(w http.ResponseWriter, r *http.Request) error {
	if err := h.Service.EndFactor(r.Context(), r.PostFormValue("lama"), r.PostFormValue("kode")); err != nil {
		return h.refuseFactor(w, r, "/saya", "lama", err)
	}
	return httpx.Done(w, r, "/dua-langkah", ui.FactorReset)
}
