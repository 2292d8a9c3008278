package scenarios

// logScenarios are those of the audit log and the access log.
var logScenarios = []scenario{
	{name: "the logs", requests: []request{
		{name: "nothing yet", as: "admin", method: "GET", path: "/catatan/akses", status: 200, want: []string{"Tidak ada catatan"}, not: []string{"/unduh"}},
		{name: "an operator adds a person", as: "operator", method: "POST", path: "/orang", form: form("lengkap", "Budi"), status: 403},
		{name: "opens another agency's innovation", as: "operator", method: "GET", path: "/inovasi/bukan-milik-saya", status: 404},
		{name: "mistypes an address", as: "operator", method: "GET", path: "/inovasy", status: 404},
		{name: "opens a file", as: "brida", method: "GET", path: "/bukti/{document}", status: 200},
		{name: "a visitor tries a link", method: "GET", path: "/mulai/tebakan-rahasia", status: 404},
		{
			name: "who was refused what, and who opened what", as: "admin", method: "GET", path: "/catatan/akses", status: 200,
			want: []string{
				"/orang", "Ditolak: tidak bertugas", "/inovasi/bukan-milik-saya", "Ditolak: tidak ada, atau tidak boleh dilihat", "/bukti/{document}", "Dibuka", "Orang operator", "Orang brida",
				"GET /mulai/{token}",
			},
			not: []string{"inovasy", "tebakan-rahasia", "Tidak ada catatan"},
		},
		{name: "only the refusals", as: "admin", method: "GET", path: "/catatan/akses?apa=ditolak", status: 200, want: []string{"/inovasi/bukan-milik-saya"}, not: []string{"/bukti/{document}"}},
		{name: "only what was opened", as: "admin", method: "GET", path: "/catatan/akses?apa=dibuka", status: 200, want: []string{"/bukti/{document}"}, not: []string{"/inovasi/bukan-milik-saya"}},
		{name: "a filter of nothing known", as: "admin", method: "GET", path: "/catatan/akses?apa=x&dari=kemarin&sampai=9999-99-99&orang=%27&sebelum=%25", status: 200},
		{name: "of other days", as: "admin", method: "GET", path: "/catatan/akses?sampai=2020-01-01", status: 200, want: []string{"Tidak ada catatan"}},
		{name: "in English", as: "admin", method: "POST", path: "/bahasa", form: form("bahasa", "en", "ke", "/catatan"), status: 303},
		{name: "the audit log in English", as: "admin", method: "GET", path: "/catatan", status: 200, want: []string{"Audit log"}, not: []string{"audit.event", "audit.key", "audit.kind"}},
		{name: "in Indonesian again", as: "admin", method: "POST", path: "/bahasa", form: form("bahasa", "id", "ke", "/catatan"), status: 303},
		{name: "the audit log", as: "admin", method: "GET", path: "/catatan", status: 200, want: []string{"Catatan audit", "Mendaftarkan inovasi"}, not: []string{"audit.event", "audit.key", "audit.kind"}},
		{name: "of one kind", as: "admin", method: "GET", path: "/catatan?tentang=decree", status: 200, want: []string{"SK"}, not: []string{"Mendaftarkan inovasi", "Masuk"}},
		{name: "of a kind that is none", as: "admin", method: "GET", path: "/catatan?tentang=x&sebelum=-1", status: 200, want: []string{"Mendaftarkan inovasi"}},
		{name: "each thing with its page", as: "admin", method: "GET", path: "/catatan", status: 200, want: []string{`href="/inovasi/`, `href="/sk/`, `href="/perangkat-daerah/`}},
		{name: "no workbook of a filter that cannot be read", as: "admin", method: "GET", path: "/catatan/unduh?tentang=x", status: 404, not: []string{"xl/"}},
		{name: "nor of accesses", as: "admin", method: "GET", path: "/catatan/akses/unduh?dari=kemarin", status: 404, not: []string{"xl/"}},
		{name: "as a workbook", as: "admin", method: "GET", path: "/catatan/unduh?tentang=decree", status: 200, want: []string{"xl/"}},
		{name: "accesses as a workbook", as: "admin", method: "GET", path: "/catatan/akses/unduh", status: 200, want: []string{"xl/"}},
		{name: "downloads are noted", as: "admin", method: "GET", path: "/catatan/akses?apa=dibuka", status: 200, want: []string{"/catatan/unduh", "/catatan/akses/unduh"}},
		{name: "the other region", as: "outsider", method: "GET", path: "/catatan/akses", status: 200, want: []string{"Tidak ada catatan"}, not: []string{"bukan-milik-saya"}},
		{name: "not for BRIDA", as: "brida", method: "GET", path: "/catatan", status: 403},
		{name: "nor its workbook", as: "brida", method: "GET", path: "/catatan/akses/unduh", status: 403},
		{name: "nor for a visitor", method: "GET", path: "/catatan/akses", status: 303, want: []string{"/masuk"}},
	}},
}
