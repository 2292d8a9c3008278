package status

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/region"
)

// The subjects of findings.
const (
	OfSchema   = "schema"
	OfDatabase = "database"
	OfFiles    = "files"
	OfAudit    = "audit"
	OfPacks    = "packs"
	OfAddress  = "address"
	OfJobs     = "jobs"
	OfKey      = "key"
)

// Finding is a result of a check.
type Finding struct {
	About   string
	Fault   bool   // has to be repaired; a remark is harmless
	Region  string // empty for the installation
	Subject string // such as a table with an id, or a digest
	Key     string // of the message, with Args
	Args    fault.Args
}

// Report has what Check has checked and found.
type Report struct {
	Regions  int
	Rows     int   // that refer to files
	Files    int   // distinct files that were read
	Bytes    int64 // their total size
	Entries  int   // of the audit logs
	Newest   []NewestEntry
	Findings []Finding
}

// NewestEntry is the last entry of the audit log of a region, by which one sees how old
// the data are.
type NewestEntry struct {
	Region string
	Seq    int64 // zero for a log without entries
	At     time.Time
	Age    time.Duration
}

// Faulty reports whether anything has to be repaired.
func (r Report) Faulty() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Fault })
}

func (r *Report) fault(about, region, subject, key string, args fault.Args) {
	r.Findings = append(r.Findings, Finding{about, true, region, subject, key, args})
}

// Check checks the whole installation, for the operator of the server: it needs no
// permission and reads every region. It reads the database in one snapshot, so that
// others may write meanwhile, and the files after that. The error is about what could
// not be checked.
func (s *Service) Check(ctx context.Context) (r Report, err error) {
	var regions []region.Region
	rows := map[string][]file.Record{} // by region
	err = s.Engine.Snapshot(ctx, func(ctx context.Context) (err error) {
		regions, err = s.checkRows(ctx, &r, rows)
		return err
	})
	for _, one := range regions {
		if err != nil {
			break
		}
		if err = s.checkFiles(actor.With(ctx, actor.Actor{Region: one.Code}), one.Code, rows[one.Code], &r); err != nil {
			err = fmt.Errorf("check region %s: %w", one.Code, err)
		}
	}
	return r, err
}

// checkRows checks the database, and returns the regions whose files must be checked;
// it adds their rows to rows by the code of their region.
func (s *Service) checkRows(ctx context.Context, r *Report, rows map[string][]file.Record) ([]region.Region, error) {
	d, err := s.Engine.Describe(ctx)
	if err != nil {
		return nil, fmt.Errorf("check the schema: %w", err)
	}
	for _, n := range d.Missing {
		r.fault(OfSchema, "", strconv.FormatInt(n, 10), "status.migration_missing", fault.Args{"Have": d.Have, "Known": d.Known})
	}
	for _, n := range d.Strange {
		r.fault(OfSchema, "", strconv.FormatInt(n, 10), "status.migration_strange", fault.Args{"Have": d.Have, "Known": d.Known})
	}
	if err := s.checkDatabase(ctx, r); err != nil || r.Faulty() && len(d.Missing) > 0 {
		return nil, err // a table may not be there
	}
	for _, w := range s.inspectWarnings() {
		r.Findings = append(r.Findings, Finding{About: OfFiles, Key: w.Key})
	}
	if ready, err := s.checkJobs(ctx, r); err != nil || !ready {
		return nil, err
	}
	regions, err := s.Regions.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("check regions: %w", err)
	}
	r.Regions = len(regions)
	for _, one := range regions {
		if rows[one.Code], err = s.checkRegion(actor.With(ctx, actor.Actor{Region: one.Code}), one, r); err != nil {
			return nil, fmt.Errorf("check region %s: %w", one.Code, err)
		}
	}
	return regions, nil
}

func (s *Service) checkDatabase(ctx context.Context, r *Report) error {
	harm, err := s.Engine.Harm(ctx)
	if err != nil {
		return fmt.Errorf("check the database: %w", err)
	}
	for _, words := range harm {
		r.fault(OfDatabase, "", "", "status.database_harmed", fault.Args{"Words": words})
	}
	dangling, err := s.Engine.Dangling(ctx)
	if err != nil {
		return fmt.Errorf("check references: %w", err)
	}
	for _, d := range dangling {
		r.fault(OfDatabase, "", d.Table, "status.dangling", fault.Args{"Parent": d.Parent, "Count": d.Rows})
	}
	return nil
}

// checkRegion checks the rows of a region, and returns its files.
func (s *Service) checkRegion(ctx context.Context, one region.Region, r *Report) (rows []file.Record, err error) {
	for _, w := range s.reached(one) {
		r.Findings = append(r.Findings, Finding{OfAddress, false, one.Code, one.URL, w.Key, w.Args})
	}
	entries, err := s.Audit.Verify(ctx)
	r.Entries += entries
	if broken, ok := errors.AsType[*audit.Broken](err); ok {
		r.fault(OfAudit, one.Code, strconv.FormatInt(broken.Seq, 10), "status.chain_broken", fault.Args{"Why": broken.Why})
	} else if err != nil {
		return nil, err
	}
	newest, err := s.newestEntry(ctx, one.Code)
	if err != nil {
		return nil, err
	}
	r.Newest = append(r.Newest, newest)
	if err := s.Periods.Check(ctx); fault.KindOf(err) == fault.Conflict {
		r.fault(OfPacks, one.Code, "", fault.KeyOf(err), fault.ArgsOf(err))
	} else if err != nil {
		return nil, err
	}
	sealed, all, err := s.Factors.SealedFactors(ctx)
	if err != nil {
		return nil, err
	}
	if sealed > 0 {
		r.fault(OfKey, one.Code, "second_factors", "status.factors_sealed", fault.Args{"Count": sealed, "All": all})
	}
	mismatches, err := s.Derived.Mismatches(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range mismatches {
		r.fault(OfDatabase, one.Code, "answer_summaries/"+m.PeriodID+"/"+m.InnovationID, "status.mismatch", nil)
	}
	return s.Files.All(ctx)
}

// newestEntry returns the last entry of a region's log.
func (s *Service) newestEntry(ctx context.Context, code string) (NewestEntry, error) {
	head, err := s.Audit.Store.Head(ctx)
	if err != nil || head.Seq == 0 {
		return NewestEntry{Region: code}, err
	}
	last, err := s.Audit.Store.After(ctx, head.Seq-1, 1)
	if err != nil || len(last) == 0 { // the chain is broken, which Verify says
		return NewestEntry{Region: code, Seq: head.Seq}, err
	}
	return NewestEntry{Region: code, Seq: head.Seq, At: last[0].At, Age: s.Now().Sub(last[0].At)}, nil
}

// checkFiles reads the same bytes once, however many files have them.
func (s *Service) checkFiles(ctx context.Context, code string, list []file.Record, r *Report) error {
	files := map[string][]file.Record{} // by the SHA-256 of their bytes
	var order []string
	for _, f := range list {
		if files[f.SHA256] == nil {
			order = append(order, f.SHA256)
		}
		files[f.SHA256] = append(files[f.SHA256], f)
	}
	r.Rows += len(list)
	r.remarkFiles(code, list)
	for _, sha256 := range order {
		key, size := s.readBytes(ctx, sha256)
		if err := ctx.Err(); err != nil {
			return err
		}
		r.Files++
		r.Bytes += size
		for _, f := range files[sha256] {
			swept, err := s.swept(ctx, f, key)
			if err != nil {
				return err
			}
			switch subject := "files/" + f.ID; {
			case swept:
			case key != "":
				r.fault(OfFiles, code, subject, key, fault.Args{"Sum": sha256})
			case f.Size != size:
				r.fault(OfFiles, code, subject, "status.file_size", fault.Args{"Said": f.Size, "Is": size})
			}
		}
	}
	return s.checkAlone(ctx, code, func(sha256 string) bool { return files[sha256] != nil }, r)
}

// remarkFiles remarks how many files were not inspected, and how many cannot be opened.
func (r *Report) remarkFiles(code string, list []file.Record) {
	var uninspected, unopenable int
	for _, f := range list {
		switch f.State {
		case file.Stored:
			uninspected++
		case file.Unopenable:
			unopenable++
		case file.Receiving, file.Checked, file.Refused:
		}
	}
	if uninspected > 0 {
		r.Findings = append(r.Findings, Finding{About: OfFiles, Region: code, Key: "status.files_uninspected", Args: fault.Args{"Count": uninspected}})
	}
	if unopenable > 0 {
		r.Findings = append(r.Findings, Finding{About: OfFiles, Region: code, Key: "status.files_unopenable", Args: fault.Args{"Count": unopenable}})
	}
}

// swept reports whether the row of a file, whose bytes are missing, was deleted after
// the snapshot.
func (s *Service) swept(ctx context.Context, f file.Record, key string) (bool, error) {
	if key != missing {
		return false, nil
	}
	_, err := s.Files.ByID(ctx, f.ID)
	if fault.KindOf(err) == fault.NotFound {
		return true, nil
	}
	return false, err
}

// checkAlone lists the bytes without a row, with a remark on how many there are.
func (s *Service) checkAlone(ctx context.Context, code string, known func(sha256 string) bool, r *Report) error {
	remark := func(subject, key string, args fault.Args) {
		r.Findings = append(r.Findings, Finding{About: OfFiles, Region: code, Subject: subject, Key: key, Args: args})
	}
	var count int
	var total int64
	err := s.Storage.Walk(ctx, func(sha256 string, size int64) error {
		if !known(sha256) {
			count++
			total += size
			remark(sha256, "status.file_alone", fault.Args{"Is": size})
		}
		return nil
	})
	if count > 0 {
		remark("", "status.files_alone", fault.Args{"Count": count, "Size": fault.Bytes(total)})
	}
	return err
}

// missing is the message of a file whose bytes are gone.
const missing = "status.file_missing"

// readBytes reads bytes to their end; key is the message of a finding, empty for none. A
// read error is a finding and does not end the check.
func (s *Service) readBytes(ctx context.Context, want string) (key string, size int64) {
	bytes, err := s.Storage.Open(ctx, want)
	if fault.KindOf(err) == fault.NotFound {
		return missing, 0
	}
	if err != nil {
		return "status.file_unreadable", 0
	}
	defer func() { _ = bytes.Close() }()
	hash := sha256.New()
	size, err = io.Copy(hash, bytes)
	switch {
	case err != nil:
		return "status.file_unreadable", size
	case hex.EncodeToString(hash.Sum(nil)) != want:
		return "status.file_changed", size
	}
	return "", size
}
