package access

// siteTrials are the trials of routes that belong to no feature.
var siteTrials = map[string]trial{
	"POST /bahasa": {form: "bahasa=en&ke=/masuk"},
}
