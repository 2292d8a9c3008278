package account

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"siida.id/internal/base/fault"
)

// SetupForm is what the first administrator says of himself.
type SetupForm struct{ Name, Login, Password, Again string }

// The names of the fields, here and on the pages.
const (
	fieldName     = "lengkap"
	fieldLogin    = "nama"
	fieldPassword = "sandi"
	fieldAgain    = "ulang"
)

const (
	longestName  = 100 // characters
	longestAgent = 120
)

var loginForm = regexp.MustCompile(`^[a-z0-9._-]{3,40}$`)

// tidy puts name and login into the form in which they are kept. A password
// stays as it was typed.
func (f SetupForm) tidy() SetupForm {
	f.Name = printable(f.Name)
	f.Login = strings.ToLower(strings.TrimSpace(f.Login))
	return f
}

func (f SetupForm) check() error {
	var check fault.Check
	check.That(f.Name != "", fieldName, "account.name_missing")
	check.That(utf8.RuneCountInString(f.Name) <= longestName, fieldName, "account.name_long", fault.Args{"Most": longestName})
	check.That(loginForm.MatchString(f.Login), fieldLogin, "account.login_form")
	key := passwordMistake(f.Password, f.Name, f.Login)
	check.That(key == "", fieldPassword, key, fault.Args{"Least": shortestPassword, "Most": longestPassword})
	check.That(key != "" || f.Password == f.Again, fieldAgain, "account.again_differs")
	return check.Err()
}

// typedLogin is the login that was meant, or "" for what cannot be one.
func typedLogin(typed string) string {
	login := strings.ToLower(strings.TrimSpace(typed))
	if !loginForm.MatchString(login) {
		return ""
	}
	return login
}

// printable leaves out what cannot be seen, such as a mark that turns the
// direction of writing, and sets the words one space apart.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError || !unicode.IsPrint(r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// shorten cuts text after so many characters.
func shorten(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}
