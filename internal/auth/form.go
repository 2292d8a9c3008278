package auth

import (
	"siida.id/internal/account"
	"siida.id/internal/base/fault"
)

// SetupForm is the form of a person who starts with a password, such as the first
// administrator.
type SetupForm struct{ Name, Login, Password, Again string }

// The names of the fields in faults.
const (
	fieldLogin    fault.FieldName = "login"
	fieldPassword fault.FieldName = "password"
	fieldAgain    fault.FieldName = "password_again"
	fieldOld      fault.FieldName = "old_password"
	fieldCode     fault.FieldName = "code"
)

const (
	longestAgent = 120 // characters
)

// readSetup returns f with name and login in the form in which they are stored, or all its
// mistakes. The password is unchanged.
func (s *Service) readSetup(f SetupForm) (SetupForm, error) {
	var check fault.Check
	person := account.PersonForm{Name: f.Name, Login: f.Login}.Tidy()
	person.CheckOwn(&check)
	f.Name, f.Login = person.Name, person.Login
	key := s.passwordMistake(f.Password, f.Name, f.Login)
	check.That(key == "", fieldPassword, key, fault.Args{"Least": shortestPassword, "Most": longestPassword})
	check.That(key != "" || f.Password == f.Again, fieldAgain, "auth.again_differs")
	return f, check.Err()
}
