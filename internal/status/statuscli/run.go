package statuscli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

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

func writeJSON(ctx context.Context, w io.Writer, r status.Report) error {
	list := []finding{}
	for _, f := range r.Findings {
		list = append(list, finding{f.About, f.Fault, f.Region, f.Subject, f.Key, i18n.T(ctx, f.Key, f.Args)})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		OK       bool      `json:"ok"`
		Regions  int       `json:"regions"`
		Rows     int       `json:"file_rows"`
		Files    int       `json:"files"`
		Bytes    int64     `json:"file_bytes"`
		Entries  int       `json:"audit_entries"`
		Findings []finding `json:"findings"`
	}{!r.Faulty(), r.Regions, r.Rows, r.Files, r.Bytes, r.Entries, list})
}

// text returns a line for each finding, and one with what was checked.
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
	return b.String()
}
