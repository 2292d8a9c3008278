package access

// siteTrials are of what belongs to no feature.
var siteTrials = map[string]trial{
	"POST /bahasa": {form: "bahasa=en&ke=/masuk"},
}
