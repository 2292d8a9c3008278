package status

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/evidence"
	"siida.id/internal/file"
	"siida.id/internal/period"
	"siida.id/internal/region"
)

// Service reports the state of the installation.
type Service struct {
	Regions   Regions
	Proxies   Proxies
	Periods   *period.Service
	Audit     *audit.Log
	Engine    Engine
	Storage   Storage
	Files     Files
	Inspector Inspector
	Derived   Derived
	Jobs      Jobs
	SignIns   SignIns
	Factors   Factors
	Log       Log
	Tx        uow.Transactor
	Build     Build
	Started   time.Time
	Now       func() time.Time
}

// Regions returns the regions of the installation.
type Regions interface {
	All(ctx context.Context) ([]region.Region, error)
	// Here returns the actor's region.
	Here(ctx context.Context) (region.Region, error)
}

// Proxies returns what is known of the TLS proxies in front of the program.
type Proxies interface {
	// Named reports whether the configuration names any.
	Named() bool
	// Unnamed reports whether a proxy that is not named has sent a request within a
	// day. The log has its address, which may be that of a visitor of any region.
	Unnamed() bool
}

// Derived checks stored summaries, which save pages from reading all answers.
type Derived interface {
	// Mismatches returns the stored summaries that differ from their answers.
	Mismatches(ctx context.Context) ([]evidence.Mismatch, error)
}

// Engine is the database.
type Engine interface {
	// Snapshot calls fn with a context in which all reads see one snapshot of the
	// database.
	Snapshot(ctx context.Context, fn func(ctx context.Context) error) error
	// Describe returns the version of the engine and of the schema.
	Describe(ctx context.Context) (Database, error)
	// Harm returns the results of the engine's own integrity check.
	Harm(ctx context.Context) ([]string, error)
	// Dangling returns the rows that refer to missing rows.
	Dangling(ctx context.Context) ([]Dangling, error)
}

// Storage has the bytes of files by their SHA-256.
type Storage interface {
	// Space returns the space on its disk; an error if the system does not provide
	// it.
	Space(ctx context.Context) (Space, error)
	// Walk calls fn with all bytes of the actor's region.
	Walk(ctx context.Context, fn func(sha256 string, size int64) error) error
	// Open returns NotFound for bytes that are not there.
	Open(ctx context.Context, sha256 string) (io.ReadSeekCloser, error)
}

// Inspector looks inside files that people send.
type Inspector interface {
	// Can reports whether files of a media type can be inspected on this system.
	Can(media string) bool
}

// Files has the records of the files of the actor's region.
type Files interface {
	// All returns those whose bytes are stored, by id.
	All(ctx context.Context) ([]file.Record, error)
	// ByID returns NotFound for one that is not there.
	ByID(ctx context.Context, id string) (file.Record, error)
	// CountUninspected counts those that were not inspected.
	CountUninspected(ctx context.Context) (int, error)
	// Used returns the bytes that count against the quota.
	Used(ctx context.Context) (int64, error)
}

// Factors are the second factors of the actor's region.
type Factors interface {
	// SealedFactors returns how many of them the key of the program does not open, and
	// how many there are.
	SealedFactors(ctx context.Context) (sealed, all int, err error)
}

// SignIns are those of the actor's region.
type SignIns interface {
	// FailedSignIns counts those that failed in the last 24 hours.
	FailedSignIns(ctx context.Context) (auth.FailedSignIns, error)
}

// Database describes the database.
type Database struct {
	Name    string // of the engine, with its version
	Size    int64  // in bytes
	Have    int64  // the newest applied migration
	Known   int64  // the newest one of the program
	Missing []int64
	Strange []int64 // applied migrations that the program does not have
}

// Dangling is the number of rows of a table that refer to missing rows of another.
type Dangling struct {
	Table, Parent string
	Rows          int64
}

// Space is space on a disk, in bytes. Uploads are refused if less than MinFree is
// free.
type Space struct{ Free, Total, MinFree int64 }

// Build is the build of the program.
type Build struct{ Version, Go string }

// Status is the state of the installation.
type Status struct {
	Build       Build
	Started     time.Time
	Now         time.Time
	Database    Database
	Space       *Space // nil if the system does not provide it
	Files       int    // of the region
	Bytes       int64  // of these files
	Uninspected int    // files that were not inspected, or not within the limits of that
	Quota       int64  // of the region, in bytes; zero for no limit
	Used        int64  // of the quota, in bytes
	SignIns     auth.FailedSignIns
	Parked      []ParkedJob // the first of those of the region and of the installation
	Warnings    []Warning
}

// Warning is a condition to act on, at once if it is grave.
type Warning struct {
	Key   string
	Grave bool
	Args  fault.Args
}

// Limits below which disk space is scarce or exhausted.
const (
	scarce      = 5 << 30   // bytes
	scarcePart  = 20        // a twentieth of the disk
	exhausted   = 512 << 20 // below this, or below Space.MinFree, uploads fail
	scarceAtAll = 50 << 30  // above this, scarcePart is ignored
	quotaLow    = 10        // a quota is nearly used up when less than a tenth of it is left
)

// MayLook reports whether who may read the state of the installation.
func MayLook(who actor.Actor) bool { return who.Serves("", actor.Admin) }

// Look returns the state of the installation to admins of a region.
func (s *Service) Look(ctx context.Context) (st Status, err error) {
	if err := looker(ctx); err != nil {
		return Status{}, err
	}
	st = Status{Build: s.Build, Started: s.Started, Now: s.Now()}
	if st.Database, err = s.Engine.Describe(ctx); err != nil {
		return Status{}, err
	}
	if space, err := s.Storage.Space(ctx); err == nil { // on an error the page shows that it is unknown
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
	if st.Uninspected, err = s.Files.CountUninspected(ctx); err != nil {
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
	if st.Used, err = s.Files.Used(ctx); err != nil {
		return Status{}, err
	}
	st.SignIns, err = s.SignIns.FailedSignIns(ctx)
	st.Warnings = slices.Concat(st.Database.warnings(), st.Space.warnings(), st.quotaWarnings(), s.inspectWarnings(), parkedWarnings(parked), s.reached(here))
	return st, err
}

// looker returns the fault if the actor may not look.
func looker(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayLook(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// quotaWarnings returns a warning if the quota is used up, or nearly.
func (st Status) quotaWarnings() []Warning {
	switch left := st.Quota - st.Used; {
	case st.Quota == 0:
		return nil
	case left <= 0:
		return []Warning{{Key: "status.quota_full", Grave: true}}
	case left*quotaLow < st.Quota:
		return []Warning{{Key: "status.quota_low"}}
	}
	return nil
}

// inspectWarnings returns a warning if files cannot be inspected.
func (s *Service) inspectWarnings() []Warning {
	switch {
	case !s.Inspector.Can("image/png"): // which needs no tool
		return []Warning{{Key: "status.inspect_none"}}
	case !s.Inspector.Can("application/pdf"):
		return []Warning{{Key: "status.inspect_tool"}}
	}
	return nil
}

// parkedWarnings returns a warning if there are parked jobs.
func parkedWarnings(parked []ParkedJob) []Warning {
	if len(parked) == 0 {
		return nil
	}
	return []Warning{{Key: "status.jobs_parked", Args: fault.Args{"Count": len(parked)}}}
}

// reached returns warnings about the region's address and the proxies in front of it.
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
