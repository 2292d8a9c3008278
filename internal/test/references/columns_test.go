package references

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/test/world"
)

// A column refers to agencies or people. Either it has open references, or it is
// history, or it goes with its row.
type column struct {
	// open is the condition, on the row t, under which the reference is open; {now} is the
	// moment. gone is the condition under which it must not be: its agency or person has
	// ended. A room whose column is open implements reference.Agencies or
	// reference.People, or one of agency.Holdings and agency.Staff.
	open, gone string
	// history says why the reference is never open and never changes.
	history string
	// row says why the reference goes with its row.
	row string
}

const (
	agencyGone = `not exists (select 1 from agencies a where a.region_id = t.region_id and a.id = t.%s and a.valid_until is null)`
	personGone = `not exists (select 1 from people p where p.region_id = t.region_id and p.id = t.%s and p.active)`
	// A data request to a person is theirs as long as they answer for the agency.
	deputyGone = `not exists (
		select 1
		from people p
		join assignments s on s.region_id = p.region_id and s.person_id = p.id
		where p.region_id = t.region_id and p.id = t.%s and p.active and s.agency = t.agency_id
			and s.role in ('operator', 'pendamping') and s.valid_from <= '{now}' and (s.valid_until is null or s.valid_until > '{now}'))`
	// Also in an archived period, which may be opened again.
	asked = `t.state in ('diminta', 'dijawab', 'dikembalikan')`
)

// columns has every column that refers to agencies or people. A new one that is missing
// here fails TestColumnsAreListed: it is decided here which it is, and a room whose
// references are open joins the list in app.
var columns = map[string]column{
	"agencies.parent_id":                {open: "t.valid_until is null and t.parent_id is not null", gone: agencyGone}, // units, moved by agency itself
	"assignments.agency":                {open: "t.agency is not null and (t.valid_until is null or t.valid_until > '{now}')", gone: agencyGone},
	"innovations.agency_id":             {open: "coalesce(t.state, '') <> 'arsip'", gone: agencyGone},
	"innovation_transfers.to_agency_id": {open: "t.ended_at is null", gone: agencyGone},
	"period_extensions.agency_id":       {open: "t.agency_id is not null and t.ended_at is null and t.until_at > '{now}'", gone: agencyGone},
	"data_requests.agency_id":           {open: asked, gone: agencyGone},
	"data_requests.person_id":           {open: "t.person_id is not null and " + asked, gone: deputyGone},
	"sessions.person_id":                {open: "1 = 1", gone: personGone},

	"agency_acts.from_id":           {history: "what an act was done to"},
	"agency_acts.to_id":             {history: "what followed by an act"},
	"innovation_owners.agency_id":   {history: "who owned an innovation; who owns it is in innovations"},
	"closed_profiles.agency_id":     {row: "who owned an innovation when a period was closed; a later close replaces it"},
	"closed_profiles.above_id":      {row: "whose head was asked too when a period was closed; a later close replaces it"},
	"period_extensions.by_id":       {history: "who granted it"},
	"period_extensions.ended_by_id": {history: "who revoked it"},
	"access_entries.person_id":      {history: "who opened something, or was refused"},
	"answers.answered_by":           {history: "who answered"},
	"documents.added_by":            {history: "who added it"},
	"evidence_accesses.opened_by":   {history: "who opened it"},
	"endorsements.agency_id":        {history: "which agency's head endorsed; who is asked follows from the owner of the innovation"},
	"endorsements.endorsed_by":      {history: "who endorsed"},
	"guidance.changed_by":           {history: "who wrote it"},
	"guidance_samples.shown_by":     {history: "who added it"},
	"regional_answers.answered_by":  {history: "who answered"},
	"regional_proofs.agency_id":     {history: "which agency sent it"},
	"regional_proofs.added_by":      {history: "who added it"},
	"data_requests.asked_by":        {history: "who asked; everybody of BRIDA checks the answer"},
	"data_requests.replied_by":      {history: "who answered"},
	"report_letterheads.agency":     {history: "a name on paper, not an agency"},
	"report_letterheads.saved_by":   {history: "who saved it"},
	"report_issued.issued_by":       {history: "who issued it"},
	"report_issued.revoked_by":      {history: "who revoked it"},
	"creations.person_id":           {history: "who created something"},
	"files.received_by":             {history: "who sent it; one that waits for its form is swept"},
	"events.actor":                  {history: "who did it"},

	"data_requests.former_agency_id":        {row: "the one before the last move"},
	"data_requests.former_person_id":        {row: "the one before the last move"},
	"innovation_transfers.former_agency_id": {row: "the one before the last move; the offer is deleted when it is answered"},
	"assignments.person_id":                 {row: "a person's own; without effect while they are deactivated"},
	"credentials.person_id":                 {row: "a person's own"},
	"devices.person_id":                     {row: "a person's own"},
	"second_factors.person_id":              {row: "a person's own"},
	"recovery_codes.person_id":              {row: "a person's own"},
	"person_failures.person_id":             {row: "a person's own, kept for 90 days"},
	"agencies.id":                           {row: "the agency"},
	"people.id":                             {row: "the person"},
}

// named matches columns that refer to agencies or people by their name.
var named = regexp.MustCompile(`(^|_)(agency|agency_id|person|person_id|by|by_id)$`)

type name struct{ table, column string }

func (n name) String() string { return n.table + "." + n.column }

// textColumns returns the columns of a SQLite schema that may have an id.
func textColumns(t *testing.T, db *sqldb.DB) []name {
	t.Helper()
	list, err := sqldb.List(t.Context(), db, func(n *name) []any { return []any{&n.table, &n.column} }, `
		select t.name, c.name
		from sqlite_schema t
		join pragma_table_info(t.name) c
		where t.type = 'table' and t.name not like 'sqlite%' and t.name not like 'river%' and t.name <> 'goose_db_version' and lower(c.type) = 'text'
		order by t.name, c.cid`)
	world.Must(t, err)
	return list
}

func count(t *testing.T, db *sqldb.DB, query string) (n int) {
	t.Helper()
	world.Must(t, db.ReaderPool().QueryRowContext(t.Context(), query).Scan(&n))
	return n
}

// Every column that refers to agencies or people, by its name or by what it has in the
// demo, is listed, so that the next room cannot forget what becomes of it.
func TestColumnsAreListed(t *testing.T) {
	p := world.Demo(t)
	world.AddRows(t, p)
	seen := map[string]bool{}
	for _, n := range textColumns(t, p.DB) {
		seen[n.String()] = true
		refers := named.MatchString(n.column) || count(t, p.DB, fmt.Sprintf(`
			select count(*)
			from %[1]q t
			where t.%[2]q in (select id from agencies) or t.%[2]q in (select id from people)`, n.table, n.column)) > 0
		if _, listed := columns[n.String()]; refers && !listed {
			t.Errorf("%s refers to agencies or people: list it as open, with its room among the references in app, or as history", n)
		}
	}
	for listed, c := range columns {
		if !seen[listed] {
			t.Errorf("%s is listed and is no column", listed)
		}
		kinds := 0
		for _, is := range []bool{c.open != "" && c.gone != "", c.history != "", c.row != ""} {
			if is {
				kinds++
			}
		}
		if kinds != 1 {
			t.Errorf("%s is %d of open, history and row", listed, kinds)
		}
	}
}

// dangling lists the open references to agencies that have ended and people who are
// gone.
func dangling(t *testing.T, db *sqldb.DB, now time.Time) (list []string) {
	t.Helper()
	for listed, c := range columns {
		if c.open == "" {
			continue
		}
		table, column := split(listed)
		where := at(c.open+" and "+fmt.Sprintf(c.gone, column), now)
		if n := count(t, db, fmt.Sprintf("select count(*) from %s t where %s", table, where)); n > 0 {
			list = append(list, fmt.Sprintf("%s: %d", listed, n))
		}
	}
	return list
}

// openNow counts the open references of a column.
func openNow(t *testing.T, db *sqldb.DB, listed string, now time.Time) int {
	t.Helper()
	table, _ := split(listed)
	return count(t, db, fmt.Sprintf("select count(*) from %s t where %s", table, at(columns[listed].open, now)))
}

// history counts the references of a column that is history, by whom they refer to.
func history(t *testing.T, db *sqldb.DB, listed string) map[string]int {
	t.Helper()
	table, column := split(listed)
	rows, err := db.ReaderPool().QueryContext(t.Context(), fmt.Sprintf("select %[2]s, count(*) from %[1]s where %[2]s is not null group by %[2]s", table, column))
	world.Must(t, err)
	defer func() { _ = rows.Close() }()
	counts := map[string]int{}
	for rows.Next() {
		var id string
		var n int
		world.Must(t, rows.Scan(&id, &n))
		counts[id] = n
	}
	world.Must(t, rows.Err())
	return counts
}
