package innovation_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/innovation"
)

func TestFilesOfAProfile(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		i := w.register("admin", servicetest.Own, "Inovasi")
		ctx := servicetest.As(t, "operator")
		attach := func(kind innovation.FileKind, name, content string) error {
			return w.Attach(ctx, i.ID, kind, name, strings.NewReader(content))
		}
		for name, tt := range map[string]struct {
			kind innovation.FileKind
			name string
			body string
			want string
		}{
			"no file":         {innovation.Budget, "", "", "innovation.file_missing"},
			"an empty one":    {innovation.Budget, "a.pdf", "", "file.empty"},
			"another type":    {innovation.Budget, "a.jpg", "x", "file.type"},
			"a paper photo":   {innovation.Photo, "a.pdf", "x", "file.type"},
			"one too large":   {innovation.Rights, "a.pdf", strings.Repeat("x", 101), "fault.too_large"},
			"no kind":         {"lain", "a.pdf", "x", ""},
			"that of decrees": {"sk", "a.pdf", "x", ""},
		} {
			err := attach(tt.kind, tt.name, tt.body)
			fields := fault.FieldsOf(err)
			if tt.want == "" && fault.KindOf(err) != fault.NotFound || tt.want != "" && (len(fields) != 1 || fields[0].Key != tt.want || fields[0].Name != fault.File) {
				t.Errorf("%s: %v", name, err)
			}
		}
		version := i.Version
		for _, content := range []string{"satu", "dua"} {
			for _, kind := range []innovation.FileKind{innovation.Budget, innovation.Award} {
				if err := attach(kind, content+".pdf", content); err != nil {
					t.Fatal(err)
				}
			}
		}
		p, err := w.ProfileFiles(ctx, i.ID)
		if err != nil || len(p.Files) != 3 || p.Files[0].Name != "dua.pdf" || !p.MayChange || p.Innovation.Version != version+4 {
			t.Errorf("%+v, version %d, %v; a budget is replaced, awards add up, each counts as a save", p.Files, p.Innovation.Version, err)
		}
		w.log.Err = errors.New("no")
		if err := attach(innovation.Budget, "tiga.pdf", "tiga"); err == nil {
			t.Error("attached without a log")
		}
		w.log.Err = nil
		if again, _ := w.ProfileFiles(ctx, i.ID); len(again.Files) != 3 || again.Files[0].Name != "dua.pdf" {
			t.Errorf("what was not logged stayed: %+v", again.Files)
		}
		f, content, err := w.OpenFile(ctx, i.ID, p.Files[0].ID)
		if err != nil || f.Name != "dua.pdf" {
			t.Fatal(f, err)
		}
		if text, _ := io.ReadAll(content); string(text) != "dua" {
			t.Errorf("opened %q", text)
		}
		if err := w.Detach(ctx, i.ID, p.Files[0].ID); err != nil {
			t.Error(err)
		}
		if _, _, err := w.OpenFile(ctx, i.ID, p.Files[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("what was taken off: %v", err)
		}
	})
}

func TestFilePermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		i := w.register("admin", servicetest.Own, "Inovasi")
		if err := w.Attach(servicetest.As(t, "admin"), i.ID, innovation.Award, "a.pdf", strings.NewReader("x")); err != nil {
			t.Fatal(err)
		}
		p, err := w.ProfileFiles(servicetest.As(t, "admin"), i.ID)
		if err != nil {
			t.Fatal(err)
		}
		servicetest.Permissions(t, `
			-           visitor  nobody     operator   other      brida      admin  away
			Files       unknown  missing    yes        missing    yes        yes    missing
			OpenFile    unknown  missing    yes        missing    yes        yes    missing
			Attach      unknown  missing    yes        missing    forbidden  yes    missing
			Detach      unknown  missing    missing    missing    forbidden  missing  missing`,
			servicetest.Call{Name: "Files", Do: func(ctx context.Context) error { _, err := w.ProfileFiles(ctx, i.ID); return err }},
			servicetest.Call{Name: "OpenFile", Do: func(ctx context.Context) error { _, _, err := w.OpenFile(ctx, i.ID, p.Files[0].ID); return err }},
			servicetest.Call{Name: "Attach", Do: func(ctx context.Context) error {
				return w.Attach(ctx, i.ID, innovation.Rights, "a.pdf", strings.NewReader("x"))
			}},
			servicetest.Call{Name: "Detach", Do: func(ctx context.Context) error { return w.Detach(ctx, i.ID, "x") }},
		)
	})
}
