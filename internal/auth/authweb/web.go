// Package authweb serves the pages to sign in and out.
package authweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/render"
	"siida.id/web/ui"
)

// Web has the handlers and what they need.
type Web struct {
	Service *auth.Service
	// ShowSelf answers with the page of one's own account and the mistakes in its
	// forms; site sets it from accountweb.
	ShowSelf func(w http.ResponseWriter, r *http.Request, status int, mistakes ui.Mistakes) error
	Frame    func(r *http.Request, title string) ui.Frame
}

// inputs maps names, passwords and codes to the inputs of their forms.
var inputs = ui.Inputs{
	"name": "lengkap", "login": "nama",
	"password": "sandi", "password_again": "ulang", "old_password": "lama",
	"code": "kode",
}

// Routes registers the routes of this room.
func (h *Web) Routes(handle httpx.Handle) {
	handle("GET /masuk", h.signInPage, may.Anyone)
	handle("POST /masuk", h.signIn, may.Anyone)
	handle("GET "+SignedInPath, h.signedIn, may.SignedIn)
	handle("POST "+SignOutPath, h.signOut, may.Anyone)
	handle("GET /mulai/{token}", h.setupPage, may.TokenHolder)
	handle("POST /mulai/{token}", h.setup, may.TokenHolder)
	handle("GET /sandi-baru", h.choosePage, may.SignedIn)
	handle("POST /sandi-baru", h.choose, may.TokenHolder)
	handle("GET /masuk/kode", h.secondPage, may.TokenHolder)
	handle("POST /masuk/kode", h.showsSecond, may.TokenHolder)
	handle("GET /dua-langkah", h.factorPage, may.SignedIn)
	handle("POST /dua-langkah", h.confirmFactor, may.SignedIn)
	handle("POST /dua-langkah/mulai", h.beginFactor, may.SignedIn)
	handle("POST /dua-langkah/pemulihan", h.renewRecovery, may.SignedIn)
	handle("POST /dua-langkah/matikan", h.endFactor, may.SignedIn)
	handle("POST /saya/sandi", h.changePassword, may.SignedIn)
	handle("POST /saya/sesi/{session}/akhiri", h.endSession, may.SignedIn)
	handle("POST /saya/sesi/akhiri-lain", h.endOthers, may.SignedIn)
}

// SignedInPath is the page where a sign-in ends that was begun beside a form.
const SignedInPath = "/masuk/selesai"

// SignInAddress returns the address of the sign-in page from which a person goes on to
// the path to.
func SignInAddress(to string) string { return "/masuk?" + url.Values{"ke": {to}}.Encode() }

// IsSignIn reports whether path is a step of a sign-in: whoever has not completed it in
// time begins again.
func IsSignIn(path string) bool {
	return slices.ContainsFunc([]string{"/masuk", "/sandi-baru", "/dua-langkah"}, func(step string) bool { return strings.HasPrefix(path, step) })
}

// signedIn says who has signed in: the page of a form sends it again if that is the
// person who has filled it in.
func (h *Web) signedIn(w http.ResponseWriter, r *http.Request) error {
	who := actor.From(r.Context())
	if !who.SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	return render.Page(w, r, http.StatusOK, signedIn(h.Frame(r, i18n.T(r.Context(), "auth.signed_in")), who))
}

func (h *Web) signInPage(w http.ResponseWriter, r *http.Request) error {
	to := httpx.Local(r.FormValue("ke"))
	if actor.From(r.Context()).SignedIn() {
		http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // a path of this server
		return nil
	}
	return h.showSignIn(w, r, http.StatusOK, signInPage{To: to})
}

func (h *Web) signIn(w http.ResponseWriter, r *http.Request) error {
	page := signInPage{To: httpx.Local(r.PostFormValue("ke")), Login: r.PostFormValue("nama")}
	tokens, err := h.Service.SignIn(r.Context(), page.Login, r.PostFormValue("sandi"), clientInfo(r))
	if kind := fault.KindOf(err); kind == fault.Throttle || fault.KeepsForm(err) {
		return h.refuse(w, r, page, err)
	}
	if err != nil {
		return err
	}
	return continueSignIn(w, r, tokens, page.To)
}

// refuse shows the form again with the mistakes, or with the minutes to wait.
func (h *Web) refuse(w http.ResponseWriter, r *http.Request, page signInPage, err error) error {
	switch {
	case fault.KindOf(err) == fault.Throttle:
		page.mistakes = throttled(w, r, "nama", err)
	case fault.Temporary(err):
		page.mistakes = notNow(r, err, "auth.type_again")
	default:
		page.mistakes = ui.MistakesOf(r.Context(), err, inputs)
	}
	return h.showSignIn(w, r, httpx.Status(fault.KindOf(err)), page)
}

// notNow returns a temporary fault as a mistake, with the sentence of key again.
func notNow(r *http.Request, err error, again string) ui.Mistakes {
	return ui.Mistakes{{Text: i18n.Fault(r.Context(), err) + " " + i18n.T(r.Context(), again)}}
}

func (h *Web) showSignIn(w http.ResponseWriter, r *http.Request, status int, page signInPage) error {
	page.Frame = h.Frame(r, i18n.T(r.Context(), "auth.sign_in"))
	page.Failed = len(page.mistakes) > 0
	return render.Page(w, r, status, signIn(page))
}

func (h *Web) signOut(w http.ResponseWriter, r *http.Request) error {
	err := h.Service.SignOut(r.Context(), Token(r))
	Forget(w, r) // also if SignOut fails
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/masuk", http.StatusSeeOther)
	return nil
}

func (h *Web) setupPage(w http.ResponseWriter, r *http.Request) error {
	secret(w)
	if err := h.Service.CheckSetup(r.Context(), r.PathValue("token")); err != nil {
		return err
	}
	return h.showSetup(w, r, http.StatusOK, auth.SetupForm{}, nil)
}

func (h *Web) setup(w http.ResponseWriter, r *http.Request) error {
	secret(w)
	form := auth.SetupForm{
		Name: r.PostFormValue("lengkap"), Login: r.PostFormValue("nama"),
		Password: r.PostFormValue("sandi"), Again: r.PostFormValue("ulang"),
	}
	tokens, err := h.Service.Setup(r.Context(), r.PathValue("token"), form, clientInfo(r))
	if fault.Mistakes(err) || fault.Temporary(err) {
		return h.showSetup(w, r, httpx.Status(fault.KindOf(err)), form, ui.MistakesOf(r.Context(), err, inputs))
	}
	if err != nil {
		return err
	}
	setCookies(w, r, tokens)
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

func (h *Web) showSetup(w http.ResponseWriter, r *http.Request, status int, form auth.SetupForm, list ui.Mistakes) error {
	page := setupPage{h.Frame(r, i18n.T(r.Context(), "auth.setup")), r.URL.EscapedPath(), form.Name, form.Login, list}
	page.Failed = len(list) > 0
	return render.Page(w, r, status, setup(page))
}

// secret prevents the browser from sending an address that contains a token to
// another site. It is not no-referrer, with which browsers send the form with the
// origin "null".
func secret(w http.ResponseWriter) { w.Header().Set("Referrer-Policy", "strict-origin") }
