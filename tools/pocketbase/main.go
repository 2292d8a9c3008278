// Command pocketbase is the peer of `make bench`: PocketBase with the rows that
// a SI-IDA holds, behind its own API. It reads them from standard input, keeps
// them in the folder that it is given, and says where it listens.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations" // its own tables
	"github.com/pocketbase/pocketbase/tools/types"
)

// rows is what SI-IDA hands over; ids are its own.
type rows struct {
	Login, Password string
	Agencies        []struct{ ID, Name, Kind string }
	Periods         []struct{ ID string }
	Innovations     []struct{ ID, Agency, Name, Affair, Tried, Applied, Developed, Design, State string }
	Answers         []struct {
		Innovation, Period, Code, Basis string
		Level                           int
		Finished                        bool
	}
	Documents []struct{ ID, Innovation, Kind, Number, Day, Subject, Issuer, Address, Period, Code string }
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folder string) error {
	var all rows
	if err := json.NewDecoder(os.Stdin).Decode(&all); err != nil {
		return err
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: folder})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	if err := makeCollections(app); err != nil {
		return err
	}
	if err := app.RunInTransaction(func(tx core.App) error { return fill(tx, all) }); err != nil {
		return err
	}
	router, err := apis.NewRouter(app)
	if err != nil {
		return err
	}
	mux, err := router.BuildMux()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "url=http://%s\n", listener.Addr())
	return http.Serve(listener, mux)
}

func makeCollections(app core.App) error {
	signedIn := types.Pointer(`@request.auth.id != ""`)
	ids := map[string]string{}
	add := func(c *core.Collection, indexes ...string) error {
		c.ListRule, c.ViewRule = signedIn, signedIn
		for _, columns := range indexes {
			c.AddIndex(c.Name+"_"+columns[:4], false, columns, "")
		}
		if err := app.Save(c); err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
		ids[c.Name] = c.Id
		return nil
	}
	text := func(c *core.Collection, names ...string) *core.Collection {
		for _, name := range names {
			c.Fields.Add(&core.TextField{Name: name, Max: 100_000})
		}
		return c
	}
	relate := func(c *core.Collection, name, to string) *core.Collection {
		c.Fields.Add(&core.RelationField{Name: name, CollectionId: ids[to], MaxSelect: 1})
		return c
	}
	if err := add(text(core.NewBaseCollection("agencies"), "name", "kind")); err != nil {
		return err
	}
	if err := add(text(core.NewBaseCollection("periods"), "year")); err != nil {
		return err
	}
	innovations := text(core.NewBaseCollection("innovations"), "name", "affair", "tried", "applied", "developed", "design", "state")
	if err := add(relate(innovations, "agency", "agencies"), "agency", "name"); err != nil {
		return err
	}
	answers := text(core.NewBaseCollection("answers"), "period", "code", "basis")
	answers.Fields.Add(&core.NumberField{Name: "level"}, &core.BoolField{Name: "finished"})
	if err := add(relate(answers, "innovation", "innovations"), "innovation, period, code", "period"); err != nil {
		return err
	}
	documents := text(core.NewBaseCollection("documents"), "kind", "number", "day", "subject", "issuer", "address", "period", "code")
	if err := add(relate(documents, "innovation", "innovations"), "innovation, period, code"); err != nil {
		return err
	}
	// What PocketBase can add up for us, it does: one row where it would send twenty.
	progress := core.NewViewCollection("progress")
	progress.ViewQuery = `select innovation as id, innovation, sum(finished) as finished, count(*) as answered from answers where period = '2026' group by innovation`
	if err := add(progress); err != nil {
		return err
	}
	proven := core.NewViewCollection("proven")
	proven.ViewQuery = `select id, innovation, code, level from answers a where a.period = '2026' and a.level > 0 and exists (
		select 1 from documents d where d.innovation = a.innovation and d.period = a.period and d.code = a.code)`
	return add(proven)
}

// short is an id as PocketBase has them: fifteen small letters and digits.
func short(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])[:15]
}

func fill(app core.App, all rows) error {
	users, err := app.FindCollectionByNameOrId("users")
	if err != nil {
		return err
	}
	user := core.NewRecord(users)
	user.SetEmail(all.Login)
	user.SetPassword(all.Password)
	if err := app.Save(user); err != nil {
		return err
	}
	insert := func(table string, values dbx.Params) {
		if err == nil {
			_, err = app.DB().Insert(table, values).Execute()
		}
	}
	for _, v := range all.Agencies {
		insert("agencies", dbx.Params{"id": short(v.ID), "name": v.Name, "kind": v.Kind})
	}
	for _, v := range all.Periods {
		insert("periods", dbx.Params{"id": short(v.ID), "year": v.ID})
	}
	for _, v := range all.Innovations {
		insert("innovations", dbx.Params{
			"id": short(v.ID), "agency": short(v.Agency), "name": v.Name, "affair": v.Affair, "tried": v.Tried, "applied": v.Applied,
			"developed": v.Developed, "design": v.Design, "state": v.State,
		})
	}
	for _, v := range all.Answers {
		insert("answers", dbx.Params{
			"id": short(v.Innovation + v.Period + v.Code), "innovation": short(v.Innovation), "period": v.Period, "code": v.Code, "basis": v.Basis,
			"level": v.Level, "finished": v.Finished,
		})
	}
	for _, v := range all.Documents {
		insert("documents", dbx.Params{
			"id": short(v.ID + v.Period + v.Code), "innovation": short(v.Innovation), "kind": v.Kind, "number": v.Number, "day": v.Day, "subject": v.Subject,
			"issuer": v.Issuer, "address": v.Address, "period": v.Period, "code": v.Code,
		})
	}
	return err
}
