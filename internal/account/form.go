package account

import (
	"regexp"
	"slices"
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
	fieldOld      = "lama"
	fieldCode     = "kode"
	fieldPhone    = "telepon"
	fieldLanguage = "bahasa"
	fieldRole     = "peran"
	fieldAgency   = "perangkat"
	fieldActing   = "sebagai"
	fieldFrom     = "mulai"
	fieldUntil    = "sampai"
	fieldLast     = "akhir"
	fieldNumber   = "nomor"
	fieldDay      = "tanggal"
	fieldSubject  = "tentang"
)

const (
	longestName    = 100 // characters
	longestAgent   = 120
	longestNumber  = 100
	longestSubject = 300
)

var (
	loginForm = regexp.MustCompile(`^[a-z0-9._-]{3,40}$`)
	phoneForm = regexp.MustCompile(`^\+?[0-9]{8,15}$`)
)

// PersonForm is what an admin says of a person, or somebody of themselves.
type PersonForm struct {
	Name, Login, Phone, Language string
	Version                      int64 // of the person that the form showed
}

func (f PersonForm) tidy() PersonForm {
	f.Name = printable(f.Name)
	f.Login = strings.ToLower(strings.TrimSpace(f.Login))
	f.Phone = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -.()", r) {
			return -1
		}
		return r
	}, printable(f.Phone))
	return f
}

// checkOwn checks what a person may say of himself.
func (f PersonForm) checkOwn(check *fault.Check) {
	check.That(f.Name != "", fieldName, "account.name_missing")
	check.That(utf8.RuneCountInString(f.Name) <= longestName, fieldName, "account.name_long", fault.Args{"Most": longestName})
	check.That(f.Phone == "" || phoneForm.MatchString(f.Phone), fieldPhone, "account.phone_form")
	check.That(f.Language == "" || slices.Contains(Languages(), f.Language), fieldLanguage, "account.language_form")
}

func (f PersonForm) check(check *fault.Check) {
	f.checkOwn(check)
	check.That(loginForm.MatchString(f.Login), fieldLogin, "account.login_form")
}

// Languages lists what a person may choose from.
func Languages() []string { return []string{"id", "en"} }

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
