package evidence_test

import (
	"slices"
	"strings"
	"testing"

	"siida.id/internal/base/servicetest"
	"siida.id/internal/evidence"
	"siida.id/internal/instrument"
)

const (
	mixed = "SID-26" // accepts a letter, a picture and a link
	film  = "SID-35" // accepts a picture, a film and a link
)

func TestEvidenceOfEveryKind(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		files := map[string]string{}
		for _, name := range []string{"surat.pdf", "foto.png"} {
			files[name] = w.send("operator", w.own, mixed, name)
		}
		files["film.mp4"] = w.send("operator", w.own, film, "film.mp4")
		for _, tt := range []struct {
			name, code string
			entry      evidence.Entry
			want       string
			kind       instrument.Kind
		}{
			{"a letter", mixed, evidence.Entry{Kind: "document", Number: "1", Day: "2025-01-02", Subject: "SK", Issuer: " Bupati  Satu ", FileID: "surat.pdf"}, "", "document"},
			{"a letter that nobody has named so", mixed, evidence.Entry{Number: "1", Day: "2025-01-02", Subject: "SK", FileID: "surat.pdf"}, "", "document"},
			{"a picture", mixed, evidence.Entry{Kind: "photo", Subject: "Foto", FileID: "foto.png"}, "", "photo"},
			{"a film", film, evidence.Entry{Subject: "Film", FileID: "film.mp4"}, "", "video"},
			{"a link", mixed, evidence.Entry{Kind: "link", Subject: "Laman", Address: " https://satu.go.id/a?b=c#d "}, "", "link"},
			{"a link that nobody has named so", film, evidence.Entry{Subject: "Laman", Address: "http://satu.go.id"}, "", "link"},
			{"a link with a file", film, evidence.Entry{Kind: "link", Subject: "Laman", Address: "http://satu.go.id", FileID: "film.mp4"}, "file=evidence.file_with_link", ""},
			{"only a kind", mixed, evidence.Entry{Kind: "link"}, "subject=evidence.subject_missing address=evidence.address_missing", ""},
			{"a kind that is none", mixed, evidence.Entry{Kind: "x", Subject: "Foto", FileID: "foto.png"}, "kind=evidence.kind_choose", ""},
			{"a kind that the indicator does not take", letter, evidence.Entry{Kind: "link", Subject: "Laman", Address: "https://satu.go.id"}, "kind=evidence.kind_choose", ""},
			{"an address where there is none", letter, evidence.Entry{Number: "1", Day: "2025-01-02", Subject: "SK", Address: "https://satu.go.id", FileID: "surat.pdf"}, "address=evidence.address_elsewhere", ""},
			{"a letter as a picture", mixed, evidence.Entry{Kind: "photo", Subject: "Foto", FileID: "surat.pdf"}, "file=question.file_type", ""},
			{"a picture without a file", mixed, evidence.Entry{Kind: "photo", Subject: "Foto"}, "file=evidence.file_missing", ""},
			{"a long issuer", mixed, evidence.Entry{Kind: "photo", Subject: "Foto", FileID: "foto.png", Issuer: strings.Repeat("é", 201)}, "issuer=evidence.issuer_long", ""},
			{"a long address", mixed, evidence.Entry{Subject: "Laman", Address: "https://satu.go.id/" + strings.Repeat("x", 2000)}, "address=evidence.address_long", ""},
		} {
			before := w.question(tt.code)
			tt.entry.Choice, tt.entry.Version = "1", before.Answer.Version
			tt.entry.FileID = files[tt.entry.FileID]
			if got := mistakes(w.Save(operator, w.own, year, tt.code, tt.entry, nil)); got != tt.want {
				t.Errorf("%s:\ngot  %s\nwant %s", tt.name, got, tt.want)
			}
			after := w.question(tt.code)
			if tt.want != "" && len(after.Proofs) != len(before.Proofs) {
				t.Errorf("%s is refused, and yet saved", tt.name)
			}
			if tt.want == "" {
				added := slices.DeleteFunc(after.Proofs, func(d evidence.Document) bool { return slices.Contains(before.Proofs, d) })
				if len(added) != 1 || added[0].Kind != tt.kind || (added[0].File.ID == "") != (tt.kind == instrument.Link) ||
					added[0].Address != strings.TrimSpace(tt.entry.Address) || added[0].Issuer != strings.Join(strings.Fields(tt.entry.Issuer), " ") {
					t.Errorf("%s becomes %+v", tt.name, added)
				}
			}
		}
	})
}

func TestAddressesOfLinks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, version := servicetest.As(t, "operator"), int64(0)
		for address, fine := range map[string]bool{
			"https://satu.go.id": true, "http://satu.go.id:8080/a%20b?c=d": true, "HTTPS://Satu.go.id/": true, "https://youtu.be/x": true,
			"satu.go.id": false, "//satu.go.id": false, "/bukti/1": false, "https://": false, "https:satu.go.id": false, "https://:80/": false,
			"javascript:alert(1)": false, "data:text/html,x": false, "ftp://satu.go.id": false, "file:///etc/passwd": false,
			"https://orang:sandi@satu.go.id": false, "https://satu.go.id/a b": false, "https://satu.go.id\\@dua.go.id": false,
			"https://satu.go.id/\nx": false, "java\nscript:alert(1)": false, "https://%zz/": false,
		} {
			err := w.Save(operator, w.own, year, film, evidence.Entry{Choice: "1", Version: version, Kind: "link", Subject: "Laman", Address: address}, nil)
			if want := "address=fault.address_unclear"; !fine && mistakes(err) != want || fine && err != nil {
				t.Errorf("%q: %v", address, err)
			}
			if err == nil {
				version++
			}
		}
	})
}

func TestReuse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		w.must(w.Save(operator, w.own, year, letter, w.proven("1", 0), nil))
		w.must(w.Save(operator, w.own, year, photo, evidence.Entry{Choice: "1", Subject: "Foto", FileID: w.send("operator", w.own, photo, "foto.png")}, nil))
		w.must(w.Save(operator, w.own, year, film, evidence.Entry{Choice: "1", Subject: "Laman", Address: "https://satu.go.id"}, nil))
		w.must(w.Save(operator, w.twin, year, letter, evidence.Entry{
			Choice: "1", Number: "2", Day: "2025-01-02", Subject: "SK lain", FileID: w.send("operator", w.twin, letter, "lain.pdf"),
		}, nil))
		twin, err := w.Question(operator, w.twin, year, letter)
		w.must(err)
		sk, foto, laman := w.question(letter).Proofs[0], w.question(photo).Proofs[0], w.question(film).Proofs[0]
		for code, want := range map[string][]evidence.Document{
			letter: nil, "SID-17": {sk}, photo: nil, "SID-27": {foto}, mixed: {foto, laman, sk}, film: {foto},
		} {
			got := w.question(code).Reusable
			for _, d := range want {
				if !slices.Contains(got, d) {
					t.Errorf("%s is not offered %s", code, d.Subject)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%s is offered %+v", code, got)
			}
		}
		for name, id := range map[string]string{"none": "none", "a picture": foto.ID, "of another innovation": twin.Proofs[0].ID} {
			err := w.Save(operator, w.own, year, "SID-17", evidence.Entry{Choice: "1", Reuse: id}, nil)
			if mistakes(err) != "reuse=evidence.reuse_choose" {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.Save(operator, w.own, year, "SID-17", evidence.Entry{Choice: "1", Reuse: sk.ID}, nil))
		if q := w.question("SID-17"); len(q.Proofs) != 1 || q.Proofs[0] != sk || len(q.Reusable) > 0 {
			t.Errorf("proven by %+v, still offered %+v", q.Proofs, q.Reusable)
		}
		if err := w.Save(operator, w.own, year, "SID-17", evidence.Entry{Choice: "1", Reuse: sk.ID, Version: 1}, nil); mistakes(err) != "reuse=evidence.reuse_choose" {
			t.Errorf("using it twice: %v", err)
		}
		if len(w.question(letter).Proofs) != 1 {
			t.Error("it is lost where it was")
		}
		w.must(w.Detach(operator, w.own, year, letter, sk.ID)) // the document stays with the innovation and can be used again
		if got := w.question(letter).Reusable; len(got) != 1 || got[0] != sk {
			t.Errorf("taken off, it is offered as %+v", got)
		}
	})
}
