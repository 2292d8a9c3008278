package auth

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/background"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/uow"
)

const (
	idle         = 12 * time.Hour     // a session ends this long after its last use
	absolute     = 7 * 24 * time.Hour // and this long after it was created
	seenInterval = time.Minute        // a use within this interval of the last is not recorded
)

// Resume is Current for callers that need only the actor.
func (s *Service) Resume(ctx context.Context, token string) (actor.Actor, error) {
	session, err := s.Current(ctx, token)
	return session.Actor, err
}

// Current returns the session with that token: its actor with the assignments in
// force now, and the language they have chosen. It returns Unknown if the region has
// no such session.
func (s *Service) Current(ctx context.Context, token string) (AuthenticatedSession, error) {
	if token == "" || s.signedOut(ctx, token) {
		return AuthenticatedSession{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	now := s.Now()
	use := SessionUse{actor.From(ctx).Region, hashed(token)}
	seenAfter := now.Add(-idle)
	if at, waits := s.Uses.Get(use); waits && at.After(seenAfter) {
		seenAfter = now.Add(-absolute) // a use that is not yet written
	}
	session, err := s.Store.Resume(ctx, use.TokenHash, now, s.within(absolute), seenAfter)
	if fault.KindOf(err) == fault.NotFound {
		return AuthenticatedSession{}, fault.New(fault.Unknown, "fault.sign_in").Because(err)
	}
	if err != nil {
		return AuthenticatedSession{}, fmt.Errorf("resume a session: %w", err)
	}
	if now.Sub(session.SeenAt) >= seenInterval {
		s.Uses.Put(use, now)
	}
	return session, nil
}

// within returns the span of what was made that long ago or later.
func (s *Service) within(age time.Duration) Span {
	now := s.Now()
	return Span{now.Add(-age), now.Add(clockTolerance)}
}

// SessionUse identifies a session among those of all regions.
type SessionUse struct{ Region, TokenHash string }

// compare orders sessions, so that two transactions that write several do not
// deadlock.
func (u SessionUse) compare(v SessionUse) int {
	return cmp.Or(cmp.Compare(u.Region, v.Region), cmp.Compare(u.TokenHash, v.TokenHash))
}

// SessionUses has the last use of sessions until it is written: a request that only
// reads does not wait for a write.
type SessionUses = background.Queue[SessionUse, time.Time]

// NewSessionUses returns a queue of uses that are written to store.
func NewSessionUses(store Sessions, tx uow.Transactor) *SessionUses {
	const max = 10_000 // sessions, of about 150 bytes each
	return background.NewQueue(max, func(ctx context.Context, uses map[SessionUse]time.Time) error {
		return tx.InTx(ctx, func(ctx context.Context) error {
			// In one order, so that two transactions do not deadlock.
			byKey := func(a, b SessionUse) int {
				return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(a.TokenHash, b.TokenHash))
			}
			for _, use := range slices.SortedFunc(maps.Keys(uses), byKey) {
				if err := store.Seen(actor.With(ctx, actor.Actor{Region: use.Region}), use.TokenHash, uses[use]); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// SignOut ends the session with that token, if there is one. While the database is
// busy, unreachable or full, the session is invalid in this process at once and its
// end is written later.
func (s *Service) SignOut(ctx context.Context, token string) error {
	if token == "" {
		return nil
	}
	who := actor.From(ctx)
	use := SessionUse{who.Region, hashed(token)}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error { return s.endSession(ctx, use) })
	if fault.Temporary(err) || ctx.Err() != nil { // also if the client has disconnected
		s.Endings.Put(use, Ending{Person: who.ID, Name: who.Name, At: s.Now()})
		if _, waits := s.Endings.Get(use); waits {
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	return nil
}

// signedOut reports whether the session with that token was signed out, which is not
// yet written.
func (s *Service) signedOut(ctx context.Context, token string) bool {
	_, waits := s.Endings.Get(SessionUse{actor.From(ctx).Region, hashed(token)})
	return waits
}

// endSession ends a session of the actor in the caller's transaction.
func (s *Service) endSession(ctx context.Context, use SessionUse) error {
	ended, err := s.Store.EndSession(ctx, use.TokenHash)
	if who := actor.From(ctx); err == nil && ended && who.SignedIn() {
		return s.Log.Append(ctx, audit.Person.Of(who.ID), EventSignedOut, nil)
	}
	return err
}

// Ending is a sign-out: who and when.
type Ending struct {
	Person, Name string
	At           time.Time
}

// String returns e without the name, for the program's log.
func (e Ending) String() string { return "sign-out of " + e.Person }

// SessionEndings has the sessions that were signed out until that is written. They
// are invalid meanwhile.
type SessionEndings = background.Queue[SessionUse, Ending]

// NewSessionEndings returns a queue of sign-outs that are written to store and log,
// with the moment of each.
func NewSessionEndings(store Sessions, log Log, tx uow.Transactor) *SessionEndings {
	const max = 10_000 // sessions, of about 250 bytes each
	return background.NewQueue(max, func(ctx context.Context, endings map[SessionUse]Ending) error {
		return tx.InTx(ctx, func(ctx context.Context) error {
			var gone []SessionUse
			for _, use := range slices.SortedFunc(maps.Keys(endings), SessionUse.compare) {
				ended, err := store.EndSession(actor.With(ctx, actor.Actor{Region: use.Region}), use.TokenHash)
				if err != nil {
					return err
				}
				if ended && endings[use].Person != "" {
					gone = append(gone, use)
				}
			}
			for _, use := range gone { // the lock of the log comes last
				e := endings[use]
				ctx := actor.With(ctx, actor.Actor{ID: e.Person, Name: e.Name, Region: use.Region})
				details := audit.Details{audit.KeyAt: e.At.UTC().Format(time.RFC3339)}
				if err := log.Append(ctx, audit.Person.Of(e.Person), EventSignedOut, details); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// entry is an audit entry written together with that of a sign-in.
type entry struct {
	event   audit.Event
	details audit.Details
}

// devices returns the tokens in the Device of a client, those of whoever signed in last
// first. What cannot be a token is left out.
func devices(text string) (tokens []string) {
	for token := range strings.SplitSeq(text, ".") {
		if len(token) == tokenLength && len(tokens) < MaxDevices {
			tokens = append(tokens, token)
		}
	}
	return tokens
}

// deviceOf returns that of the tokens under which person has signed in, or "". It asks
// for nobody too, so that an unknown login takes as long as a known one.
func (s *Service) deviceOf(ctx context.Context, tokens []string, person string) (string, error) {
	var hashes [MaxDevices]string
	for i, token := range tokens {
		hashes[i] = hashed(token)
	}
	found, err := s.Store.DeviceOf(ctx, hashes, person, s.Now().Add(-deviceLasts))
	if i := slices.Index(hashes[:len(tokens)], found); err == nil && i >= 0 {
		return tokens[i], nil
	}
	return "", err
}

// open creates a session for p in the caller's transaction. Only an open session
// records the device, which the tokens of others stay known for. The audit log is written last: first the
// entries of did, then that of the sign-in.
func (s *Service) open(ctx context.Context, p account.Person, v ClientInfo, stage Stage, did ...entry) (t Tokens, err error) {
	t.Stage, t.Device = stage, v.Device
	if t.Session, err = s.token(); err != nil {
		return Tokens{}, err
	}
	now := s.Now()
	if v.Session != "" {
		if _, err := s.Store.EndSession(ctx, hashed(v.Session)); err != nil {
			return Tokens{}, err
		}
	}
	made := Session{
		ID: s.NewID(), TokenHash: hashed(t.Session), Person: p.ID, Stage: stage, MadeAt: now,
		Address: v.Address, Agent: text.Shorten(text.Line(v.Agent), longestAgent),
	}
	if err := s.Store.AddSession(ctx, made); err != nil {
		return Tokens{}, err
	}
	event := EventSignedIn
	switch stage {
	case Choosing:
		event = EventCodeUsed
	case Second, Enrolling:
		event = EventPasswordAccepted
	case Open:
		t.Device, err = s.saveDevice(ctx, v.Device, p.ID, now)
	}
	if err != nil {
		return Tokens{}, err
	}
	for _, e := range append(did, entry{event, audit.Details{audit.KeyAddress: v.Address}}) {
		if err := s.Log.Append(as(ctx, p), audit.Person.Of(p.ID), e.event, e.details); err != nil {
			return Tokens{}, err
		}
	}
	return t, nil
}

// saveDevice records that person has signed in on the device with those tokens, and
// returns them with person's first, which is a new one if none is theirs.
func (s *Service) saveDevice(ctx context.Context, text, person string, now time.Time) (string, error) {
	tokens := devices(text)
	own, err := s.deviceOf(ctx, tokens, person)
	if err != nil {
		return "", err
	}
	if own == "" {
		if own, err = s.token(); err != nil {
			return "", err
		}
	}
	tokens = slices.DeleteFunc(tokens, func(token string) bool { return token == own })
	tokens = append([]string{own}, tokens[:min(len(tokens), MaxDevices-1)]...)
	return strings.Join(tokens, "."), s.Store.SaveDevice(ctx, hashed(own), person, now)
}

// as returns ctx with p as its actor.
func as(ctx context.Context, p account.Person) context.Context {
	return actor.With(ctx, actor.Actor{ID: p.ID, Name: p.Name, Region: actor.From(ctx).Region})
}

// EndAllAccess ends everything that lets somebody into the region without a password of
// now: sessions, known devices, one-time codes and setup links. It is called
// after a restore, which brings back those that had ended since the backup, without an
// actor.
func (s *Service) EndAllAccess(ctx context.Context) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Store.EndAllAccess(ctx, s.Now()) })
}

// SweepSessions deletes the region's expired sessions, and the devices that count for
// nobody any more. It is called by a job, without an actor.
func (s *Service) SweepSessions(ctx context.Context) error {
	now := s.Now()
	if err := s.Store.SweepSessions(ctx, s.within(absolute), now.Add(-idle)); err != nil {
		return err
	}
	return s.Store.SweepDevices(ctx, now.Add(-deviceLasts))
}
