package app

// reportStories are about the index on paper and in a workbook.
var reportStories = map[string][]request{
	"reports": {
		{"what can be had", "operator", "GET", "/laporan", nil, "", "", 200, []string{"/laporan/indeks/2026/pdf", "/laporan/indeks/2026/xlsx"}, nil},
		{"a visitor", "", "GET", "/laporan/indeks/2026/pdf", nil, "", "", 303, []string{"/masuk"}, nil},
		{"on paper", "operator", "GET", "/laporan/indeks/2026/pdf", nil, "", "", 200, []string{"%PDF-"}, nil},
		{"in a workbook", "operator", "GET", "/laporan/indeks/2026/xlsx", nil, "", "", 200, []string{"PK\x03\x04", "xl/worksheets/sheet5.xml"}, nil},
		{"of a year that is not open", "brida", "GET", "/laporan/indeks/1999/pdf", nil, "", "", 404, []string{"belum dibuka"}, nil},
		{"nor a workbook of it", "brida", "GET", "/laporan/indeks/1999/xlsx", nil, "", "", 404, []string{"belum dibuka"}, nil},
	},
}
