package ui

// Counter is what Words shows.
type Counter struct {
	Fields []string // that are counted together, by name
	Text   string   // with {n} for the count
	Now    string   // the count as the server knows it
}

// Location is what Locate says, and the names of the fields that it fills in.
type Location struct {
	Latitude, Longitude string
	Text                string // of the button
	Busy, Done          string
	Denied, Failed      string // what to do instead
}
