package statuscli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"siida.id/internal/infra/i18n"
	"siida.id/internal/status"
)

// Exit codes.
const (
	fine   = 0
	faulty = 1 // or the output could not be written
)

// Options are the arguments of the command.
type Options struct {
	JSON bool
	Lang string
}

// Print prints a report as lines or JSON. It returns 1 if the report has a fault, 0
// if it has only remarks.
func Print(ctx context.Context, catalog *i18n.Catalog, r status.Report, o Options, stdout, stderr io.Writer) int {
	ctx = catalog.With(ctx, o.Lang)
	var err error
	if o.JSON {
		err = writeJSON(ctx, stdout, r)
	} else {
		_, err = io.WriteString(stdout, text(ctx, r))
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, err)
		return faulty
	}
	if r.Faulty() {
		return faulty
	}
	return fine
}

type finding struct {
	About   string `json:"about"`
	Fault   bool   `json:"fault"`
	Region  string `json:"region,omitempty"`
	Subject string `json:"subject,omitempty"`
	Key     string `json:"key"`
	Text    string `json:"text"`
}

type newestEntry struct {
	Region string    `json:"region"`
	Seq    int64     `json:"seq"`
	At     time.Time `json:"at,omitzero"`
	Age    int64     `json:"age_seconds,omitempty"` // when it was checked
}

func writeJSON(ctx context.Context, w io.Writer, r status.Report) error {
	list := []finding{}
	for _, f := range r.Findings {
		list = append(list, finding{f.About, f.Fault, f.Region, f.Subject, f.Key, i18n.T(ctx, f.Key, f.Args)})
	}
	newest := []newestEntry{}
	for _, n := range r.Newest {
		one := newestEntry{Region: n.Region, Seq: n.Seq}
		if !n.At.IsZero() {
			one.At, one.Age = n.At.UTC(), int64(n.Age/time.Second)
		}
		newest = append(newest, one)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		OK       bool          `json:"ok"`
		Regions  int           `json:"regions"`
		Rows     int           `json:"file_rows"`
		Files    int           `json:"files"`
		Bytes    int64         `json:"file_bytes"`
		Entries  int           `json:"audit_entries"`
		Newest   []newestEntry `json:"newest_entries"`
		Findings []finding     `json:"findings"`
	}{!r.Faulty(), r.Regions, r.Rows, r.Files, r.Bytes, r.Entries, newest, list})
}

// age returns a duration in its largest unit, rounded down.
func age(ctx context.Context, d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= day:
		return i18n.T(ctx, "status.age_days", i18n.Args{"Count": int(d / day)})
	case d >= time.Hour:
		return i18n.T(ctx, "status.age_hours", i18n.Args{"Count": int(d / time.Hour)})
	}
	return i18n.T(ctx, "status.age_minutes", i18n.Args{"Count": max(0, int(d/time.Minute))})
}

// text returns a line for each finding, one with what was checked, and one for the
// newest entry of each log.
func text(ctx context.Context, r status.Report) string {
	var b strings.Builder
	for _, f := range r.Findings {
		word := i18n.T(ctx, "status.remark")
		if f.Fault {
			word = i18n.T(ctx, "status.fault")
		}
		where := strings.Join(strings.Fields(f.Region+" "+f.About+" "+f.Subject), " ")
		_, _ = fmt.Fprintf(&b, "%s %s: %s\n", word, where, i18n.T(ctx, f.Key, f.Args))
	}
	verdict := i18n.T(ctx, "status.fine")
	if r.Faulty() {
		verdict = i18n.T(ctx, "status.faulty")
	}
	looked := i18n.T(ctx, "status.looked", i18n.Args{
		"Regions": r.Regions, "Files": r.Files, "Size": i18n.Bytes(ctx, r.Bytes), "Entries": r.Entries,
	})
	_, _ = fmt.Fprintf(&b, "%s %s\n", verdict, looked)
	for _, n := range r.Newest {
		line := i18n.T(ctx, "status.newest_none")
		if !n.At.IsZero() {
			line = i18n.T(ctx, "status.newest", i18n.Args{"Seq": n.Seq, "At": i18n.Moment(ctx, n.At), "Age": age(ctx, n.Age)})
		}
		_, _ = fmt.Fprintf(&b, "%s: %s\n", n.Region, line)
	}
	return b.String()
}
