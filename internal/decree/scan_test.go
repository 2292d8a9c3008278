package decree_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
)

func TestScans(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida, operator := servicetest.As(t, "brida"), servicetest.As(t, "operator")
		made := w.enter(decreeForm("B/1/2024"))
		attach := func(name, content string) error {
			return w.AttachScan(brida, made.ID, name, strings.NewReader(content))
		}
		for name, tt := range map[string]struct{ name, body, want string }{
			"no file":       {"", "", "decree.file_missing"},
			"an empty one":  {"a.pdf", "", "file.empty"},
			"another type":  {"a.docx", "x", "file.type"},
			"one too large": {"a.pdf", strings.Repeat("x", 101), "fault.too_large"},
		} {
			if fields := fault.FieldsOf(attach(tt.name, tt.body)); len(fields) != 1 || fields[0].Key != tt.want || fields[0].Name != fault.File {
				t.Errorf("%s: %v", name, fields)
			}
		}
		if _, _, err := w.OpenScan(operator, made.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("opening where there is none = %v, want NotFound", err)
		}
		for _, content := range []string{"satu", "dua"} {
			if err := attach(content+".pdf", content); err != nil {
				t.Fatal(err)
			}
		}
		w.log.Err = errors.New("no")
		if err := attach("tiga.pdf", "tiga"); !errors.Is(err, w.log.Err) {
			t.Errorf("attached without a log: %v", err)
		}
		w.log.Err = nil
		sheet, err := w.ByID(operator, made.ID)
		if err != nil || sheet.Scan == nil || sheet.Scan.Name != "dua.pdf" || sheet.Version != made.Version+2 {
			t.Fatalf("%+v, %v; a scan takes the place of the earlier, and counts as a save", sheet, err)
		}
		f, content, err := w.OpenScan(operator, made.ID)
		if err != nil || f.Name != "dua.pdf" {
			t.Fatal(f, err)
		}
		if text, _ := io.ReadAll(content); string(text) != "dua" {
			t.Errorf("opened %q", text)
		}
	})
}

func TestScanPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		made := w.enter(decreeForm("B/1/2024"))
		servicetest.Permissions(t, `
			-           visitor  nobody     operator   other      brida  admin  away
			AttachScan  unknown  forbidden  forbidden  forbidden  yes    yes    missing
			OpenScan    unknown  yes        yes        yes        yes    yes    missing`,
			servicetest.Call{Name: "AttachScan", Do: func(ctx context.Context) error {
				return w.AttachScan(ctx, made.ID, "sk.pdf", strings.NewReader("x"))
			}},
			servicetest.Call{Name: "OpenScan", Do: func(ctx context.Context) error { _, _, err := w.OpenScan(ctx, made.ID); return err }},
		)
	})
}
