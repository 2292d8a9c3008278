package sqldb

import (
	"errors"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Describe returns the database of a DSN for people, without anything that could be a
// password.
func Describe(dsn string) string {
	if _, ok := FilePath(dsn); ok {
		return dsn
	}
	config, err := parsePostgres(dsn)
	if err != nil {
		return "(" + err.Error() + ")"
	}
	u := url.URL{Scheme: "postgres", User: url.User(config.User), Path: "/" + config.Database}
	u.Host = net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port)))
	return u.String()
}

// parsePostgres is pgx.ParseConfig with errors that do not quote the connection
// string: pgx does not find the password in every malformed one. It refuses a URL of
// which a part of the password would be taken for something else.
func parsePostgres(dsn string) (*pgx.ConnConfig, error) {
	const example = "; want sqlite:path or postgres://user@host/database; in a password, after the user and a colon, special characters are percent-encoded"
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		what := err.Error()
		what, _, _ = strings.Cut(what[strings.LastIndex(what, "`")+1:], " (")
		return nil, errors.New("a connection string that cannot be read" + what + example)
	}
	if _, rest, ok := strings.Cut(dsn, "://"); ok {
		if user := strings.LastIndex(rest, "@"); strings.ContainsAny(rest[:max(user, 0)], "/?#") {
			return nil, errors.New("a connection string that cannot be read: / ? or # before @" + example)
		}
	}
	return config, nil
}

var (
	userinfo = regexp.MustCompile(`(postgres(?:ql)?:|[A-Za-z][A-Za-z0-9+.-]*:?//).*@`)
	keyword  = regexp.MustCompile(`(?i)((?:password|passwd|pwd)\s*=\s*)(?:'(?:[^'\\]|\\.)*'?|[^\s&]+)`)
)

// Redact masks the passwords of connection strings in a message, such as one that
// quotes the command line.
func Redact(message string) string {
	message = userinfo.ReplaceAllString(message, "${1}xxxxx@")
	return keyword.ReplaceAllString(message, "${1}xxxxx")
}
