package report_test

import (
	"bytes"
	"image/png"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/report"
)

// fields returns the fields of a fault, sorted.
func fields(err error) []string {
	var list []string
	for _, f := range fault.FieldsOf(err) {
		list = append(list, string(f.Name))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func TestEntries(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.lettered("brida")
		long := strings.Repeat("x", 201)
		other := func(change func(e *report.Entry)) report.Entry {
			e := entry()
			change(&e)
			return e
		}
		for name, c := range map[string]struct {
			entry report.Entry
			want  []string
		}{
			"nothing":                     {report.Entry{}, []string{"address", "agency", "government", "pattern", "place", "signer.name", "signer.office", "signer.position"}},
			"spaces alone":                {other(func(e *report.Entry) { e.Government, e.Signer.Name = " ", "\t\n" }), []string{"government", "signer.name"}},
			"too long":                    {other(func(e *report.Entry) { e.Address, e.Contact, e.Signer.After = long, long, long }), []string{"address", "contact", "signer.after"}},
			"a strange office":            {other(func(e *report.Entry) { e.Signer.Office = "raja" }), []string{"signer.office"}},
			"an official without his own": {other(func(e *report.Entry) { e.Signer.Office = report.OtherOffice }), []string{"signer.nip", "signer.rank"}},
			"a number of letters":         {other(func(e *report.Entry) { e.Signer.NIP = "19800101200501200x" }), []string{"signer.nip"}},
			"a short number":              {other(func(e *report.Entry) { e.Signer.NIP = "19800101" }), []string{"signer.nip"}},
			"no number in the pattern":    {other(func(e *report.Entry) { e.Pattern = "{tahun}" }), []string{"pattern"}},
			"two numbers in the pattern":  {other(func(e *report.Entry) { e.Pattern = "{nomor}{nomor}/{tahun}" }), []string{"pattern"}},
			"no year in the pattern":      {other(func(e *report.Entry) { e.Pattern = "{nomor}" }), []string{"pattern"}},
			"a strange word":              {other(func(e *report.Entry) { e.Pattern = "{nomor}/{hari}/{tahun}" }), []string{"pattern"}},
			"a brace that stays open":     {other(func(e *report.Entry) { e.Pattern = "{nomor}/{tahun}/{" }), []string{"pattern"}},
			"a code that is missing":      {other(func(e *report.Entry) { e.Code = "" }), []string{"code"}},
			"a code with braces":          {other(func(e *report.Entry) { e.Code = "{nomor}" }), []string{"code"}},
			"a code that nobody writes":   {other(func(e *report.Entry) { e.Code, e.Pattern = "", "{nomor}/{tahun}" }), nil},
		} {
			e := c.entry
			e.Version = 99 // not saved if it has no mistakes
			err := w.SaveLetterhead(servicetest.As(t, "brida"), e, nil)
			if got := fields(err); !slices.Equal(got, c.want) || (c.want == nil) != (fault.KindOf(err) == fault.Conflict) {
				t.Errorf("%s: %v, want %v (%v)", name, got, c.want, err)
			}
		}
		for _, version := range []int64{-1, 0, 2, math.MaxInt32, math.MaxInt64} {
			err := w.SaveLetterhead(servicetest.As(t, "brida"), other(func(e *report.Entry) { e.Version = version }), nil)
			if fault.KeyOf(err) != "report.letterhead_moved" {
				t.Errorf("version %d, which nobody has saved: %v", version, err)
			}
		}
		_, earlier := w.ReceiveLogo(servicetest.As(t, "brida"), strings.NewReader("<svg>"))
		if got := fields(w.SaveLetterhead(servicetest.As(t, "brida"), report.Entry{}, earlier)); !slices.Contains(got, "file") || !slices.Contains(got, "pattern") {
			t.Errorf("a crest and a form with mistakes: %v", got)
		}
	})
}

func TestCrest(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida, admin := servicetest.As(t, "brida"), servicetest.As(t, "admin")
		for name, sent := range map[string]io.Reader{
			"nothing": strings.NewReader(""), "no picture": strings.NewReader("<svg/>"), "half a picture": bytes.NewReader(picture(600, 600)[:60]),
			"too wide": bytes.NewReader(picture(2001, 1)), "too heavy": io.MultiReader(bytes.NewReader(picture(9, 9)), bytes.NewReader(make([]byte, 2<<20))),
		} {
			if _, err := w.ReceiveLogo(brida, sent); fault.KindOf(err) != fault.Invalid || !slices.Equal(fields(err), []string{"file"}) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, kind := range []fault.Kind{fault.Invalid, fault.TooLarge, fault.Timeout} {
			slow := iotest.ErrReader(fault.New(kind, "fault.slow"))
			if _, err := w.ReceiveLogo(brida, io.MultiReader(strings.NewReader("x"), slow)); fault.KindOf(err) != kind {
				t.Errorf("a form that does not arrive whole: %v, want kind %d", err, kind)
			}
		}
		sent, err := w.ReceiveLogo(brida, bytes.NewReader(picture(2000, 1000)))
		w.must(err)
		if _, err := w.PendingLogo(admin, sent.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("somebody else's crest that was not saved: %v", err)
		}
		if kept, err := w.PendingLogo(brida, sent.ID); err != nil || kept != sent {
			t.Errorf("one's own: %+v, %v", kept, err)
		}
		e := entry()
		e.LogoID = sent.ID
		if got := fields(w.SaveLetterhead(admin, e, nil)); !slices.Equal(got, []string{"file"}) {
			t.Errorf("a crest that somebody else sent: %v", got)
		}
		if l, err := w.Letterhead(admin); err != nil || l.Ready() {
			t.Errorf("it was saved: %+v, %v", l, err)
		}
		w.must(w.SaveLetterhead(brida, e, nil))
		_, content, err := w.OpenLogo(admin)
		w.must(err)
		seen, err := png.Decode(content)
		w.must(err)
		if b := seen.Bounds(); b.Dx() != 480 || b.Dy() != 240 {
			t.Errorf("kept %v", b)
		}
		if r, g, b, a := seen.At(5, 5).RGBA(); r&g&b&a != 0xffff {
			t.Error("what can be seen through is not white")
		}
		draft, err := w.Of(servicetest.As(t, "operator"), "2026")
		if err != nil || len(draft.Logo) == 0 || !draft.Draft() {
			t.Errorf("a draft of %d bytes of crest, %v", len(draft.Logo), err)
		}
	})
}

// The five rules of article 44 of Permendagri 1/2023, by office and kind of letter.
func TestSignatures(t *testing.T) {
	signer := report.Signer{Position: "Jabatan", Before: "Dr.", Name: "Nama", After: "M.Si.", Rank: "Pembina, IV/a", NIP: "198001012005012001"}
	titled := []report.Document{report.Assigning, report.Corresponded, report.Special}
	bare := []report.Document{report.Regulating, report.Establishing, report.Honouring}
	for _, office := range report.Offices() {
		acting := office == report.ActingHead || office == report.ActingSecretary
		for _, document := range slices.Concat(titled, bare) {
			signer.Office = office
			want := report.Signature{Position: "Jabatan", Name: "Nama"}
			if slices.Contains(titled, document) && !acting {
				want.Name = "Dr. Nama, M.Si."
			}
			if office == report.OtherOffice {
				want.Rank, want.NIP = "Pembina, IV/a", "198001012005012001"
			}
			if got := signer.Sign(document); got != want {
				t.Errorf("%s on %s: %+v, want %+v", office, document, got, want)
			}
		}
	}
	if got := (report.Signer{Name: "Nama"}).Sign(report.Special); got.Name != "Nama" {
		t.Errorf("without titles: %q", got.Name)
	}
}

func TestNumbers(t *testing.T) {
	march := report.Number{N: 7, Code: "BRIDA", Day: "2026-03-02"}
	for pattern, want := range map[report.Pattern]string{
		"000.9.2/{nomor}/{kode OPD}/{tahun}": "000.9.2/7/BRIDA/2026",
		"{ NOMOR }-{Bulan}-{tahun}":          "7-III-2026",
		"{nomor}/{hari}/{":                   "7/{hari}/{",
		"polos":                              "polos",
	} {
		if got := pattern.Write(march); got != want {
			t.Errorf("%s: %s, want %s", pattern, got, want)
		}
	}
	months := map[day.Day]string{"2026-01-31": "I", "2026-04-01": "IV", "2026-08-17": "VIII", "2026-09-01": "IX", "2026-12-31": "XII"}
	for _, on := range slices.Sorted(maps.Keys(months)) {
		if got := report.Pattern("{bulan}").Write(report.Number{Day: on}); got != months[on] {
			t.Errorf("%s: %s, want %s", on, got, months[on])
		}
	}
}

// Two letters of a region never have the same number, whatever its pattern.
func TestNumbersDiffer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rapid.Check(t, func(t *rapid.T) {
			parts := rapid.SliceOfN(rapid.SampledFrom([]string{"{nomor}", "{tahun}", "{bulan}", "{kode OPD}", "/", "-", "A"}), 2, 8).Draw(t, "parts")
			e := entry()
			e.Pattern = strings.Join(parts, "/")
			if w.Example(t.Context(), e) == "" {
				return // refused
			}
			seen := map[string]bool{}
			for n := 1; n <= 130; n++ {
				for _, on := range []day.Day{"2026-03-02", "2027-03-02"} {
					number := report.Pattern(e.Pattern).Write(report.Number{N: n, Code: e.Code, Day: on})
					if seen[number] {
						t.Fatalf("%s makes %s twice", e.Pattern, number)
					}
					seen[number] = true
				}
			}
		})
	})
}

// A NIP is read as it stands on papers (B15), among them our own.
func TestCaseB15NIPAsPeopleWriteIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		for i, typed := range []string{
			"198001012005012001", "19800101 200501 2 001", "19800101.200501.2.001", "NIP. 19800101 200501 2 001", "nip: 19800101-200501-2-001",
			"\u200b19800101\u00a0200501\u00a02\u00a0001", report.GroupedNIP("198001012005012001"),
		} {
			e := entry()
			e.Version, e.Signer.Office, e.Signer.Rank, e.Signer.NIP = int64(i), report.OtherOffice, "Pembina, IV/a", typed
			w.must(w.SaveLetterhead(brida, e, nil))
			l, err := w.Letterhead(brida)
			if err != nil || l.Signer.NIP != "198001012005012001" {
				t.Errorf("%q: %q, %v", typed, l.Signer.NIP, err)
			}
		}
	})
}
