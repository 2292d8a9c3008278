package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"siida.id/internal/base/text"
)

// What cannot be seen is dropped, what looks the same is the same, and pictures stay whole.
func TestCaseB8OneCleaning(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Layanan": "Layanan", "e\u0301": "é", "e\u200b\u0301": "é", "\u212b": "Å",
		"a\x00b\x1b[31m\x7f": "ab[31m", "a\u202eb\u2066c\u2069": "abc", "Pe\u00adla\u00adyan\u00adan": "Pelayanan",
		"Ban\u200bdara\ufeff\u2060\u200c\u200e": "Bandara", "a\u200db": "ab", "\u3164\u115f\u1160\uffa0\u2800\u034f\u17b4\u17b5": "",
		"\U0001d159\U000e0001\U000e0041\ufffc\ufffe\U0001fffe": "", "a\ufe0f": "a", "a\U000e0100": "a", "\u180bᠠ": "ᠠ",
		"a\u00a0b\u3000c\td": "a b c d", "a\r\nb\rc\vd\fe\u2028f\u2029g\u0085h": "a\nb\nc\nd\ne\nf\ng\nh",
		"\xff\xfea": "\ufffda", "Ängström – 第1": "Ängström – 第1", "Ж Ω Ő": "Ж Ω Ő", "\u0600١": "\u0600١",
		"👨\u200d👩\u200d👧": "👨\u200d👩\u200d👧", "👩🏽\u200d⚕\ufe0f": "👩🏽\u200d⚕\ufe0f", "🏳\ufe0f\u200d🌈": "🏳\ufe0f\u200d🌈",
		"🧑\u200d\u200d🌾": "🧑\u200d🌾", "👨\u200d": "👨", "\u200d👨": "👨", "👨\u200da": "👨a",
		"❤\ufe0f\ufe0f": "❤\ufe0f", "1\ufe0f\u20e3": "1\ufe0f\u20e3", "1\ufe0f": "1", "©\ufe0f": "©\ufe0f", "🇮🇩": "🇮🇩",
		"🏴\U000e0067\U000e0062\U000e007f": "🏴\U000e0067\U000e0062\U000e007f", "a\U000e0067": "a",
	} {
		if got := text.Clean(in); got != want {
			t.Errorf("Clean(%+q) = %+q, want %+q", in, got, want)
		}
	}
}

func TestCaseB8LinesAndParagraphs(t *testing.T) {
	for in, want := range map[string]struct{ line, paragraphs string }{
		"":                                {"", ""},
		"  Sari \t\n Dewi ":               {"Sari Dewi", "Sari\n Dewi"},
		"\r\nsatu  \r\n\r\n dua \r\n":     {"satu dua", "satu\n\n dua"},
		"\u3164 \u2800\u200b\u00ad\u00a0": {"", ""},
		" \u0301 \u20dd":                  {"", ""},
		"👍🏽":                              {"👍🏽", "👍🏽"},
		"-":                               {"-", "-"},
	} {
		if got := text.Line(in); got != want.line {
			t.Errorf("Line(%+q) = %+q, want %+q", in, got, want.line)
		}
		if got := text.Paragraphs(in); got != want.paragraphs {
			t.Errorf("Paragraphs(%+q) = %+q, want %+q", in, got, want.paragraphs)
		}
	}
}

// A line break that a browser sends as two signs is one.
func TestCaseB13LineBreaksCountOnce(t *testing.T) {
	typed := strings.Repeat("a\r\n", 999) + "abc"
	if got := utf8.RuneCountInString(text.Paragraphs(typed)); got != 2001 {
		t.Errorf("%d characters, want 2,001", got)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"e\u0301", "👨\u200d👩", "1\ufe0f\u20e3", "\xff", "a\r\n", "\u0344\u0345", "🏴\U000e0067\U000e007f", "ᄀ\u1160"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := text.Clean(s)
		if text.Clean(once) != once || !norm.NFC.IsNormalString(once) || !utf8.ValidString(once) || strings.ContainsAny(once, "\x00\r\u200b\u00ad") {
			t.Errorf("Clean(%+q) = %+q, again %+q", s, once, text.Clean(once))
		}
		for _, clean := range []func(string) string{text.Line, text.Paragraphs} {
			if once := clean(s); clean(once) != once {
				t.Errorf("%+q: %+q, again %+q", s, once, clean(once))
			}
		}
	})
}
