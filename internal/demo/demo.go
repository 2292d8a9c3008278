package demo

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"siida.id/internal/account"
	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/uow"
	"siida.id/internal/evidence"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/region"
)

//go:embed world.json
var source []byte

// Services are what the world is made through.
type Services struct {
	Tx          uow.Transactor
	Regions     *region.Service
	Accounts    *account.Service
	Agencies    *agency.Service
	Periods     *period.Service
	Innovations *innovation.Service
	Evidence    *evidence.Service
	Files       Files
}

// Files makes sample files that say of themselves that they are samples.
type Files interface {
	PDF(mark, title string, lines []string) ([]byte, error)
	JPEG(mark, title string, seed uint64) ([]byte, error)
}

// Login is one way to sign in to the world.
type Login struct{ Name, Login, Password, Role, Agency string }

// Logins lists who can sign in.
func Logins() (list []Login, err error) {
	w, err := read()
	for _, p := range w.People {
		list = append(list, Login{p.Name, p.Login, w.Password, p.Role, w.agency(p.Agency).Name})
	}
	return list, err
}

// Fill makes the world, or nothing of it. It makes no second one.
func Fill(ctx context.Context, s Services) error {
	w, err := read()
	if err != nil {
		return err
	}
	m := maker{Services: s, w: w, ids: map[string]string{}}
	here := region.Region{Code: w.Region.Code, Name: w.Region.Name, Sample: true}
	ctx = actor.With(ctx, actor.Actor{Region: here.Code})
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Regions.Add(ctx, here); err != nil {
			return fmt.Errorf("demo region: %w", err)
		}
		return m.fill(ctx, here)
	})
}

type world struct {
	Region      struct{ Code, Name string }
	Pack        string
	Password    string
	Agencies    []agencyRow
	People      []personRow
	Mark        string
	Document    documentRow
	Design      []string
	Innovations []innovationRow
}

type (
	agencyRow   struct{ Key, Name, Kind string }
	personRow   struct{ Login, Name, Role, Agency, Acting string }
	documentRow struct {
		Number, Day, Subject string
		Lines                []string
	}
	innovationRow struct {
		Agency, Name, Affair, Tried, Applied string
		Long                                 bool
		Answers                              map[string]string
		Unproven                             []string
	}
)

func read() (w world, err error) {
	if err := json.Unmarshal(source, &w); err != nil {
		return world{}, fmt.Errorf("demo world: %w", err)
	}
	return w, nil
}

func (w world) agency(key string) agencyRow {
	for _, a := range w.Agencies {
		if a.Key == key {
			return a
		}
	}
	return agencyRow{}
}

// maker keeps what has been made while the rest is.
type maker struct {
	Services
	w      world
	ids    map[string]string // of agencies, by key
	proofs int
}

func (m *maker) fill(ctx context.Context, here region.Region) error {
	admin, err := m.first(ctx, here)
	if err != nil {
		return err
	}
	ctx = actor.With(ctx, admin)
	for _, a := range m.w.Agencies {
		made, err := m.Agencies.Add(ctx, a.Name, agency.Kind(a.Kind))
		if err != nil {
			return fmt.Errorf("demo agency %s: %w", a.Name, err)
		}
		m.ids[a.Key] = made.ID
	}
	for _, p := range m.w.People[1:] {
		assignment := account.Assignment{Assignment: actor.Assignment{Role: actor.Role(p.Role), Agency: m.ids[p.Agency]}, Acting: account.Acting(p.Acting)}
		if _, err := m.Accounts.Enrol(ctx, account.Person{Name: p.Name, Login: p.Login}, m.w.Password, assignment); err != nil {
			return fmt.Errorf("demo person %s: %w", p.Login, err)
		}
	}
	opened, err := m.Periods.Open(ctx, m.w.Pack)
	if err != nil {
		return fmt.Errorf("demo period: %w", err)
	}
	now, err := m.Periods.ByID(ctx, opened.ID)
	if err != nil {
		return err
	}
	for _, row := range m.w.Innovations {
		if err := m.innovation(ctx, now, row); err != nil {
			return fmt.Errorf("demo innovation %s: %w", row.Name, err)
		}
	}
	return nil
}

// first makes the administrator as a real one is made: by the one-time link.
func (m *maker) first(ctx context.Context, here region.Region) (actor.Actor, error) {
	p := m.w.People[0]
	token, _, err := m.Accounts.SetupLink(ctx, here.Code)
	if err != nil {
		return actor.Actor{}, fmt.Errorf("demo link: %w", err)
	}
	form := account.SetupForm{Name: p.Name, Login: p.Login, Password: m.w.Password, Again: m.w.Password}
	tokens, err := m.Accounts.Setup(ctx, token, form, account.Visit{})
	if err != nil {
		return actor.Actor{}, fmt.Errorf("demo person %s: %w", p.Login, err)
	}
	admin, err := m.Accounts.Resume(ctx, tokens.Session)
	if err != nil {
		return actor.Actor{}, fmt.Errorf("demo person %s: %w", p.Login, err)
	}
	return admin, m.Accounts.SignOut(ctx, tokens.Session)
}

func (m *maker) innovation(ctx context.Context, now period.Pinned, row innovationRow) error {
	design := m.w.Design[:2]
	if row.Long {
		design = m.w.Design
	}
	i, err := m.Innovations.Register(ctx, innovation.Form{
		Agency: m.ids[row.Agency], Name: row.Name, Affair: row.Affair, TriedOn: row.Tried, AppliedOn: row.Applied,
		Design: strings.Join(design, "\n\n"),
	})
	if err != nil {
		return err
	}
	for _, indicator := range now.Pack.Rows(instrument.PerInnovation) {
		entry := evidence.Entry{Choice: "1"}
		choice, proven := row.Answers[indicator.Code]
		if proven {
			entry.Choice, entry.Finished = choice, true
			if err := m.proof(ctx, now.ID, i, indicator, &entry); err != nil {
				return fmt.Errorf("%s: %w", indicator.Code, err)
			}
		} else if !slices.Contains(row.Unproven, indicator.Code) {
			continue
		}
		if len(indicator.Alternatives) > 0 && !strings.Contains(entry.Choice, ":") {
			entry.Choice = indicator.Alternatives[0].Code + ":" + entry.Choice
		}
		if err := m.Evidence.Save(ctx, i.ID, now.ID, indicator.Code, entry, nil); err != nil {
			return fmt.Errorf("%s: %w", indicator.Code, err)
		}
	}
	return nil
}

// proof sends a file that the indicator takes, and fills in the form for it.
func (m *maker) proof(ctx context.Context, periodID string, i innovation.Innovation, row *instrument.Indicator, entry *evidence.Entry) error {
	m.proofs++
	fill := strings.NewReplacer("{n}", fmt.Sprint(m.proofs), "{indicator}", row.Name, "{innovation}", i.Name)
	var lines []string
	for _, line := range m.w.Document.Lines {
		lines = append(lines, fill.Replace(line))
	}
	name := strings.ToLower(m.w.Mark) + "-" + strings.ToLower(row.Code)
	entry.Subject = fill.Replace(m.w.Document.Subject)
	var content []byte
	var err error
	if slices.Contains(evidence.Formats(row), "pdf") {
		entry.Number, entry.Day = fill.Replace(m.w.Document.Number), m.w.Document.Day
		name += ".pdf"
		content, err = m.Files.PDF(m.w.Mark, row.Name, lines)
	} else {
		name += ".jpg"
		content, err = m.Files.JPEG(m.w.Mark, row.Name, uint64(m.proofs)) //nolint:gosec // a small count
	}
	if err != nil {
		return err
	}
	sent, err := m.Evidence.Receive(ctx, i.ID, periodID, row.Code, name, bytes.NewReader(content))
	entry.FileID = sent.ID
	return err
}
