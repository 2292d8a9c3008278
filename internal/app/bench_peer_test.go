package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"siida.id/internal/infra/benchtest"
	"siida.id/internal/infra/sqldb"
)

// peerBinary is what `make bench` builds of tools/pocketbase.
const peerBinary = "../../bin/pocketbase"

const (
	peerLogin = "admin@contoh.example"
	turn      = 250 * time.Millisecond // for which one of the two is asked, if one page takes no longer
)

// peerRows are the rows of the program that PocketBase keeps too.
func peerRows(b *testing.B, p *program) []byte {
	b.Helper()
	read := func(list []map[string]any, err error) []map[string]any {
		if err != nil {
			b.Fatal(err)
		}
		return list
	}
	ctx := b.Context()
	columns := func(names ...string) func(*map[string]any) []any {
		return func(row *map[string]any) (places []any) {
			*row = map[string]any{}
			for _, name := range names {
				places = append(places, cell{*row, name})
			}
			return places
		}
	}
	all := map[string]any{
		"Login": peerLogin, "Password": passphrase,
		"Agencies": read(sqldb.List(ctx, p.db, columns("ID", "Name", "Kind"), `select id, name, kind from agencies order by id`)),
		"Periods":  read(sqldb.List(ctx, p.db, columns("ID"), `select id from periods order by id`)),
		"Innovations": read(sqldb.List(ctx, p.db, columns("ID", "Agency", "Name", "Affair", "Tried", "Applied", "Developed", "Design", "State"), `
			select id, agency_id, name, affair, tried_on, applied_on, developed_on, design, state from innovations order by id`)),
		"Answers": read(sqldb.List(ctx, p.db, columns("Innovation", "Period", "Code", "Basis", "Level", "Finished"), `
			select innovation_id, period_id, code, basis, level, finished from answers order by 1, 2, 3`)),
		"Documents": read(sqldb.List(ctx, p.db, columns("ID", "Innovation", "Kind", "Number", "Day", "Subject", "Issuer", "Address", "Period", "Code"), `
			select d.id, d.innovation_id, d.kind, d.number, d.day, d.subject, d.issuer, d.address, u.period_id, u.code
			from documents d join document_uses u on u.region_id = d.region_id and u.document_id = d.id order by 1, 9, 10`)),
	}
	text, err := json.Marshal(all)
	if err != nil {
		b.Fatal(err)
	}
	return text
}

// cell puts what a column has into a row.
type cell struct {
	row  map[string]any
	name string
}

// Scan implements sql.Scanner.
func (c cell) Scan(src any) error {
	if n, ok := src.(int64); ok && c.name == "Finished" {
		src = n != 0
	}
	c.row[c.name] = src
	return nil
}

// peerID is an id as PocketBase has it; see tools/pocketbase.
func peerID(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])[:15]
}

// startPeer starts PocketBase with the same rows, and signs in.
func startPeer(b *testing.B, p *program) (*server, http.Header) {
	b.Helper()
	rows := peerRows(b, p)
	s := startWith(b, bytes.NewReader(rows), peerBinary, b.TempDir())
	answer, err := http.PostForm(s.url+"/api/collections/users/auth-with-password", url.Values{"identity": {peerLogin}, "password": {passphrase}})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var said struct{ Token string }
	if err := json.NewDecoder(answer.Body).Decode(&said); err != nil || said.Token == "" {
		b.Fatalf("signing in at PocketBase: %s, %v", answer.Status, err)
	}
	return s, http.Header{"Authorization": {said.Token}, "Accept-Encoding": {"gzip"}}
}

// peerCalls are what a page made in the browser would ask PocketBase for, with
// the fields it shows and no total: as little as its API lets one ask.
func peerCalls(page string, innovation string, innovations int) (calls []string) {
	const api = "/api/collections/"
	one := peerID(innovation)
	period := api + "periods/records?perPage=1&sort=-year&skipTotal=1"
	listed := func(what, more string, n int) {
		for number := 1; n > 0; number, n = number+1, n-1000 {
			calls = append(calls, api+what+"/records?perPage=1000&skipTotal=1&page="+strconv.Itoa(number)+more)
		}
	}
	switch page {
	case "home":
		calls = []string{period}
		listed("innovations", "&sort=name&expand=agency&fields=id,name,affair,tried,applied,state,expand.agency.name", innovations)
		listed("progress", "&fields=innovation,answered,finished", innovations)
	case "innovation":
		calls = []string{
			period, api + "innovations/records/" + one + "?expand=agency",
			api + "answers/records?perPage=50&skipTotal=1&sort=code&filter=" + url.QueryEscape("innovation='"+one+"' && period='2027'"),
			api + "documents/records?perPage=100&skipTotal=1&sort=code&filter=" + url.QueryEscape("innovation='"+one+"' && period='2027'"),
		}
	case "index":
		calls = []string{period}
		listed("innovations", "&sort=name&expand=agency&fields=id,name,affair,tried,applied,state,expand.agency.name", innovations)
		for number := range (innovations*20 + 999) / 1000 {
			calls = append(calls, api+"proven/records?perPage=1000&skipTotal=1&sort=id&fields=innovation,code,level&page="+strconv.Itoa(number+1))
		}
	}
	return calls
}

// rate is how many pages a second somebody serves to so many visitors at once;
// a page is all its calls, one after the other.
func rate(b *testing.B, at string, head http.Header, calls []string, visitors int) float64 {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: visitors}}
	defer client.CloseIdleConnections()
	var pages atomic.Int64
	var all sync.WaitGroup
	start := time.Now()
	for range visitors {
		all.Go(func() {
			for first := true; first || time.Since(start) < turn; first = false {
				for _, call := range calls {
					if err := fetch(b, client, at+call, head); err != nil {
						b.Errorf("%s: %v", call, err)
						return
					}
				}
				pages.Add(1)
			}
		})
	}
	all.Wait()
	return float64(pages.Load()) / time.Since(start).Seconds()
}

func fetch(b *testing.B, client *http.Client, at string, head http.Header) error {
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, at, nil)
	if err != nil {
		return err
	}
	r.Header = head
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 500))
		return fmt.Errorf("%s: %s", answer.Status, text)
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}

// BenchmarkPeer serves three pages in turns with PocketBase, which holds the
// same rows: to one visitor and to 32 at once, of the demo and of a region of a
// thousand innovations. The figure is pages a second; `make bench` names the calls.
func BenchmarkPeer(b *testing.B) {
	for _, world := range []struct {
		name  string
		crowd int
	}{{"demo", 0}, {"thousand", 1000}} {
		data := dataFolder(b, true)
		p, err := open(b.Context(), slog.New(slog.DiscardHandler), Config{Data: data, MaxFile: 1})
		if err != nil {
			b.Fatal(err)
		}
		if world.crowd > 0 {
			crowd(b, p, world.crowd)
		}
		innovations, err := sqldb.One(b.Context(), p.db, sqldb.Self[int], `select count(*) from innovations`)
		if err != nil {
			b.Fatal(err)
		}
		peer, peerHead := startPeer(b, p)
		if err := p.close(); err != nil {
			b.Fatal(err)
		}
		ours := serve(b, data)
		v := signIn(b, ours.url)
		at, _ := url.Parse(ours.url)
		head := http.Header{"Accept-Encoding": {"gzip"}, "Cookie": {v.Jar.Cookies(at)[0].String()}}
		for _, c := range v.Jar.Cookies(at)[1:] {
			head.Add("Cookie", c.String())
		}
		own := v.paths()[1].path
		if world.crowd > 0 {
			own = "/inovasi/crowd-100500"
		}
		for _, page := range []page{{"home", "/"}, {"innovation", own}, {"index", "/indeks"}} {
			calls := peerCalls(page.name, own[len("/inovasi/"):], innovations)
			b.Run(world.name+" "+page.name+" alone", func(b *testing.B) {
				benchtest.Figure{
					Unit: "ms", Most: 5,
					Of:    benchtest.Millis(9, func() { v.get(page.path, http.StatusOK) }),
					Floor: benchtest.Millis(9, func() { v.get("/siap", http.StatusOK) }),
				}.Run(b)
			})
			b.Run(world.name+" "+page.name+" anew", func(b *testing.B) {
				n := 0
				benchtest.Figure{
					Unit: "ms", Most: 5,
					Of: benchtest.Millis(9, func() { // of another address each time, so that none is kept
						n++
						v.get(page.path+"?ke="+strconv.Itoa(n), http.StatusOK)
					}),
					Floor: benchtest.Millis(9, func() { v.get("/siap", http.StatusOK) }),
				}.Run(b)
			})
			b.Run(world.name+" "+page.name+" changed", func(b *testing.B) {
				benchtest.Figure{
					Unit: "ms", Most: 5,
					Of:    benchtest.MillisAfter(9, v.change, func() { v.get(page.path, http.StatusOK) }),
					Floor: benchtest.Millis(9, func() { v.get("/siap", http.StatusOK) }),
				}.Run(b)
			})
			for _, visitors := range []int{1, 32} {
				b.Run(world.name+" "+page.name+" at "+strconv.Itoa(visitors), func(b *testing.B) {
					benchtest.Figure{
						Unit: "pages/s", Times: 5,
						Of:   func() float64 { return rate(b, ours.url, head, []string{page.path}, visitors) },
						Peer: func() float64 { return rate(b, peer.url, peerHead, calls, visitors) },
					}.Run(b)
				})
			}
		}
		ours.stop(b)
		peer.stop(b)
	}
}
