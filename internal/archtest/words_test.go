package archtest

import (
	"go/ast"
	"path"
	"strings"
	"testing"
)

// renamed has identifiers that were renamed, as folder (below internal, or of web) and
// name, with their new names. A method or field follows its type.
var renamed = map[string]string{
	"test/world.Crowd":      "AddInnovations",
	"test/world.CodeOnSlip": "InviteCodePattern",

	"base/uow.Acting":             "ActorTransactor",
	"base/decimal.Whole":          "FromInt",
	"infra/benchtest.Figure.Most": "Max",
	"infra/httpx.Waits":           "Timeouts",
	"infra/i18n.Say":              "Format",
	"infra/pdf.Paper":             "Document",
	"infra/pdf.Options.Mark":      "Watermark",

	"auth.Sessions.KeepDevice":      "SaveDevice",
	"auth.Sessions.Waiting":         "AtStage",
	"auth/authtest.Said":            "FaultKeys",
	"guidance.Guide":                "Details",
	"guidance/guidanceweb.Web.Most": "MaxBytes",

	"agency.Paper":              "DecreeForm",
	"agency.Held":               "Holding",
	"agency.Sharing.Held":       "Holdings",
	"agency.Service.Ever":       "AllIncludingEnded",
	"index.Sum":                 "Computation",
	"index.Mark":                "Snapshot",
	"index.Small":               "Excerpt",
	"index.Standing":            "Contribution",
	"index.Deed":                "LastChange",
	"index.Turn":                "ChangeKind",
	"index.Held":                "InnovationFacts",
	"index.Report.Left":         "Omitted",
	"index.Report.KeptAt":       "SnapshotAt",
	"index.Report.MostMaturity": "MaxMaturity",
	"index.Service.KeepDay":     "SnapshotDay",
	"index.Service.KeepToday":   "SnapshotToday",
	"index.Store.Keep":          "SaveSnapshot",
	"index.Store.Kept":          "SnapshotOn",
	"index.Store.Marks":         "Snapshots",
	"index.Store.Deeds":         "LastChanges",
	"notify.Whole":              "RegionTotals",
	"period.Written":            "FormatMoment",
	"period.Extension.Given":    "GrantedAt",
	"report.Issued.Paper":       "PDF",
	"report.Issued.Book":        "Workbook",
	"report.Paper":              "PDF",
	"report.Book":               "Workbook",
	"report.Checked.PaperSum":   "PDFSHA256",
	"report.Checked.BookSum":    "WorkbookSHA256",
	"web/ui.Said":               "TextValue",
	"report.Issued.Holds":       "IsValid",

	"evidence.HeldDocument":         "UsedDocument",
	"evidence.Sheet.Most":           "Max",
	"evidence/evidenceweb.Web.Most": "MaxBytes",
	"evidence.Standing":             "EndorsementStatus",
	"evidence.Sum":                  "AgencyTotals",
	"evidence.Waiting":              "PendingEndorsement",
	"evidence.Opening":              "AccessLogEntry",
	"evidence.Openings":             "AccessLog",
	"innovation.Papers":             "ProfileFiles",
	"innovation.Paperwork":          "FileStore",
	"innovation.Ownership.Pass":     "RecordOwner",
	"innovation.Ownership.Ask":      "AskTransfer",
	"innovation.Profiles.Touch":     "BumpVersion",
	"decree.Store.Touch":            "BumpVersion",
	"regional.Sheet.Most":           "Max",
	"regional/regionalweb.Web.Most": "MaxBytes",
	"regional.Service.Take":         "ApplyToAnswer",
}

// A renamed identifier is not declared again: each noun keeps one meaning.
func TestRenamedIdentifiersStayAway(t *testing.T) {
	declared := map[string]bool{}
	for _, p := range list(t) {
		where := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "internal/")
		for _, f := range files(t, path.Join(root, strings.TrimPrefix(p.ImportPath, module)), false) {
			for _, name := range exportedNames(f) {
				declared[where+"."+name] = true
			}
		}
	}
	if !declared["base/uow.Transactor"] {
		t.Error("base/uow.Transactor is not found: has the layout changed?")
	}
	for old, better := range renamed {
		if declared[old] {
			t.Errorf("%s is declared again; its name is %s", old, better)
		}
	}
}

// exportedNames returns what a file declares: "Name", "Type.Method" and "Type.Field".
func exportedNames(f *ast.File) (names []string) {
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				name = receiver(d.Recv.List[0].Type) + "." + name
			}
			names = append(names, name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.ValueSpec:
					for _, n := range s.Names {
						names = append(names, n.Name)
					}
				case *ast.TypeSpec:
					names = append(names, s.Name.Name)
					for _, member := range members(s.Type) {
						names = append(names, s.Name.Name+"."+member)
					}
				}
			}
		}
	}
	return names
}

// members returns the fields of a struct or the methods of an interface.
func members(e ast.Expr) (names []string) {
	var fields *ast.FieldList
	switch t := e.(type) {
	case *ast.StructType:
		fields = t.Fields
	case *ast.InterfaceType:
		fields = t.Methods
	default:
		return nil
	}
	for _, field := range fields.List {
		for _, n := range field.Names {
			names = append(names, n.Name)
		}
	}
	return names
}

func receiver(e ast.Expr) string {
	switch t := e.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return ""
}
