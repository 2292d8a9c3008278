package blob

// RecordSyncs calls record with the name of each file and folder before it is synced,
// but for the bytes of an upload.
func (f *Folder) RecordSyncs(record func(name string)) {
	sync := f.sync
	f.sync = func(name string) error {
		record(name)
		return sync(name)
	}
}
