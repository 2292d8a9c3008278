package status

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/evidence"
	"siida.id/internal/file"
	"siida.id/internal/period"
	"siida.id/internal/region"
)

// Service looks at the installation.
type Service struct {
	Regions Regions
	Proxies Proxies
	Periods *period.Service
	Audit   *audit.Log
	Engine  Engine
	Storage Storage
	Files   Files
	Derived Derived
	Jobs    Jobs
	Log     Log
	Tx      uow.Transactor
	Build   Build
	Started time.Time
	Now     func() time.Time
}

// Regions are those that the installation serves.
type Regions interface {
	All(ctx context.Context) ([]region.Region, error)
	// Here is the actor's region.
	Here(ctx context.Context) (region.Region, error)
}

// Proxies are the programs before this one that speak TLS for it.
type Proxies interface {
	// Named reports whether the configuration names any.
	Named() bool
	// Unnamed reports whether anybody asked as a proxy does within a day, and is
	// not named. The log says who; they may be visitors of any region.
	Unnamed() bool
}

// Derived is the summaries that are stored so that pages need not read all answers.
type Derived interface {
	// Mismatches lists where a stored summary is not what the answers add up to.
	Mismatches(ctx context.Context) ([]evidence.Mismatch, error)
}

// Engine is the database as a thing that may break.
type Engine interface {
	// Snapshot calls fn with a context in which all that is read from the
	// database is of one moment.
	Snapshot(ctx context.Context, fn func(ctx context.Context) error) error
	// Describe says what it is and which schema it has.
	Describe(ctx context.Context) (Database, error)
	// Harm lists what the engine itself finds broken, in its own words.
	Harm(ctx context.Context) ([]string, error)
	// Dangling lists rows that name others which are not there.
	Dangling(ctx context.Context) ([]Dangling, error)
}

// Storage is where the bytes of files lie, by their SHA-256.
type Storage interface {
	// Space says how much room there is; an error where the system does not tell.
	Space(ctx context.Context) (Space, error)
	// Walk calls fn with all bytes of the actor's region.
	Walk(ctx context.Context, fn func(sha256 string, size int64) error) error
	// Open returns NotFound for bytes that are not there.
	Open(ctx context.Context, sha256 string) (io.ReadSeekCloser, error)
}

// Files are what is known of the files of the actor's region.
type Files interface {
	// All lists those whose bytes are stored, by id.
	All(ctx context.Context) ([]file.Record, error)
	// Used returns how many bytes count against the quota.
	Used(ctx context.Context) (int64, error)
}

// Database is what is known of it from outside.
type Database struct {
	Name    string // the engine with its version
	Size    int64  // in bytes
	Have    int64  // the newest migration that it has seen
	Known   int64  // the newest that the program knows
	Missing []int64
	Strange []int64 // that it has seen and the program does not know
}

// Dangling is rows of a table that name rows of another which are not there.
type Dangling struct {
	Table, Parent string
	Rows          int64
}

// Space is room on a disk, in bytes. Files are refused where less than MinFree is free.
type Space struct{ Free, Total, MinFree int64 }

// Build is the program itself.
type Build struct{ Version, Go string }

// Status is how the installation is now.
type Status struct {
	Build    Build
	Started  time.Time
	Now      time.Time
	Database Database
	Space    *Space      // nil where the system does not tell
	Files    int         // of the region
	Bytes    int64       // that they take
	Quota    int64       // of the region, in bytes; zero is none
	Used     int64       // of the quota
	Parked   []ParkedJob // of the region and of the installation, the first of them
	Warnings []Warning
}

// Warning is something to act on; a grave one at once.
type Warning struct {
	Key   string
	Grave bool
	Args  fault.Args
}

// When room is short: below one of these.
const (
	scarce      = 5 << 30   // bytes
	scarcePart  = 20        // a twentieth of the disk
	exhausted   = 512 << 20 // below it, or below Space.MinFree, uploads fail
	scarceAtAll = 50 << 30  // with more than that no part is scarce
)

// MayLook reports whether who reads how the installation is.
func MayLook(who actor.Actor) bool { return who.Serves("", actor.Admin) }

// Look says how the installation is, to admins of a region.
func (s *Service) Look(ctx context.Context) (st Status, err error) {
	if err := looker(ctx); err != nil {
		return Status{}, err
	}
	st = Status{Build: s.Build, Started: s.Started, Now: s.Now()}
	if st.Database, err = s.Engine.Describe(ctx); err != nil {
		return Status{}, err
	}
	if space, err := s.Storage.Space(ctx); err == nil { // without it the page says that it is not known
		st.Space = &space
	}
	err = s.Storage.Walk(ctx, func(_ string, size int64) error {
		st.Files++
		st.Bytes += size
		return nil
	})
	if err != nil {
		return Status{}, err
	}
	parked, err := s.parkedHere(ctx)
	if err != nil {
		return Status{}, err
	}
	st.Parked = parked[:min(len(parked), maxShown)]
	here, err := s.Regions.Here(ctx)
	if err != nil {
		return Status{}, err
	}
	st.Quota = here.Quota
	st.Used, err = s.Files.Used(ctx)
	st.Warnings = slices.Concat(st.Database.warnings(), st.Space.warnings(), parkedWarnings(parked), s.reached(here))
	return st, err
}

// looker refuses who may not look.
func looker(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayLook(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// parkedWarnings warns of parked jobs.
func parkedWarnings(parked []ParkedJob) []Warning {
	if len(parked) == 0 {
		return nil
	}
	return []Warning{{Key: "status.jobs_parked", Args: fault.Args{"Count": len(parked)}}}
}

// reached warns of what keeps people from reaching a region safely.
func (s *Service) reached(r region.Region) (list []Warning) {
	if r.URL == "" {
		list = append(list, Warning{Key: "status.address_missing", Args: fault.Args{"Code": r.Code}})
	}
	if strings.HasPrefix(r.URL, "https:") && !s.Proxies.Named() {
		list = append(list, Warning{Key: "status.proxy_none", Args: fault.Args{"Address": r.URL}})
	}
	if s.Proxies.Unnamed() {
		list = append(list, Warning{Key: "status.proxy_unnamed"})
	}
	return list
}

func (d Database) warnings() (list []Warning) {
	if len(d.Missing) > 0 || len(d.Strange) > 0 {
		list = append(list, Warning{Key: "status.schema_differs", Grave: true})
	}
	return list
}

func (s *Space) warnings() []Warning {
	switch {
	case s == nil:
		return nil
	case s.Free < max(exhausted, s.MinFree):
		return []Warning{{Key: "status.disk_full", Grave: true}}
	case s.Free < scarce, s.Free < s.Total/scarcePart && s.Free < scarceAtAll:
		return []Warning{{Key: "status.disk_low"}}
	}
	return nil
}
