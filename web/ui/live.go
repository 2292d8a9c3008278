package ui

// Counter is the content of Words.
type Counter struct {
	Fields []string // whose words are added up, by name
	Text   string   // with {n} for the count
	Now    string   // the count at the time of the request
}

// Location has the texts of Locate and the names of the fields that it fills in.
type Location struct {
	Latitude, Longitude string
	Text                string // of the button
	Busy, Done          string
	Denied, Failed      string // with what to do instead
}
