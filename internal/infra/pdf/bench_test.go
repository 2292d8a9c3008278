package pdf_test

import "testing"

func BenchmarkMade(b *testing.B) {
	for range b.N {
		doc := begun("")
		doc.Text("isi")
		if _, err := doc.Bytes(); err != nil {
			b.Fatal(err)
		}
	}
}
