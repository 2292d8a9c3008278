package account

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
)

// The names of the fields in faults.
const (
	fieldName     fault.FieldName = "name"
	fieldLogin    fault.FieldName = "login"
	fieldPhone    fault.FieldName = "phone"
	fieldLanguage fault.FieldName = "language"
	fieldRole     fault.FieldName = "role"
	fieldAgency   fault.FieldName = "agency"
	fieldActing   fault.FieldName = "acting"
	fieldFrom     fault.FieldName = "from"
	fieldUntil    fault.FieldName = "until"
	fieldLast     fault.FieldName = "last"
	fieldNumber   fault.FieldName = "decree.number"
	fieldDay      fault.FieldName = "decree.day"
	fieldSubject  fault.FieldName = "decree.subject"
)

const (
	longestName    = 100 // characters
	longestNumber  = 100
	longestSubject = 300
)

var (
	loginForm = regexp.MustCompile(`^[a-z0-9._-]{3,40}$`)
	phoneForm = regexp.MustCompile(`^\+?[0-9]{8,15}$`)
)

// PersonForm is the form of a person, filled in by an admin or by the person.
type PersonForm struct {
	Name, Login, Phone, Language string
	Version                      int64 // of the person when the form was opened
}

// Tidy returns f with name, login and phone in the form in which they are stored.
func (f PersonForm) Tidy() PersonForm {
	f.Name = text.Line(f.Name)
	f.Login = strings.ToLower(text.Line(f.Login))
	f.Phone = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -.()", r) {
			return -1
		}
		return r
	}, text.Line(f.Phone))
	return f
}

// CheckOwn adds the mistakes of a tidy f to check, filled in by the new person.
func (f PersonForm) CheckOwn(check *fault.Check) {
	f.checkProfile(check, "account.name_missing")
	f.checkLogin(check)
}

// Check adds the mistakes of a tidy f to check, filled in by an admin.
func (f PersonForm) Check(check *fault.Check) {
	f.checkProfile(check, "account.name_of_missing")
	f.checkLogin(check)
}

// checkProfile checks all fields except the login. missing is the key of the mistake for
// an empty name.
func (f PersonForm) checkProfile(check *fault.Check, missing string) {
	check.That(f.Name != "", fieldName, missing)
	check.That(utf8.RuneCountInString(f.Name) <= longestName, fieldName, "account.name_long", fault.Args{"Most": longestName})
	check.That(f.Phone == "" || phoneForm.MatchString(f.Phone), fieldPhone, "account.phone_form")
	check.That(f.Language == "" || slices.Contains(Languages(), f.Language), fieldLanguage, "account.language_form")
}

func (f PersonForm) checkLogin(check *fault.Check) {
	check.That(loginForm.MatchString(f.Login), fieldLogin, "account.login_form")
}

// Languages lists what a person may choose from.
func Languages() []string { return []string{"id", "en"} }

// TypedLogin returns the login that was meant, or "" for what cannot be one.
func TypedLogin(typed string) string {
	login := strings.ToLower(text.Line(typed))
	if !loginForm.MatchString(login) {
		return ""
	}
	return login
}
