package httpx

import (
	"context"
	"errors"
	"io"
	"maps"
	"math"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
)

// Limits of a request, in bytes if not said otherwise, far above those of any page of
// the program.
const (
	maxForm       = 1 << 20  // a form without its file
	maxPairs      = 10_000   // fields of a form without a file, such as the check boxes of a list of innovations
	maxQuery      = 16 << 10 // the query of an address
	maxText       = 64 << 10 // a text of a form with a file
	maxParts      = 200      // fields of a form with a file
	maxPartHeader = 16 << 10 // the header of a part
	maxBoundary   = 70       // of a boundary between parts (RFC 2046)
	maxName       = 200      // the name of a field
	maxFileName   = 1 << 10  // a file name
	maxRest       = 1 << 20  // how much of an unwanted file is read to reach the fields after it
	multipartForm = "multipart/form-data"
)

// Body is what a route accepts as body. The zero Body accepts a form without a file.
type Body struct {
	MaxFile  int64    // bytes of the one file of a form; 0 for none
	Visitors bool     // visitors may send a file too
	Uploads  *Uploads // counts those of all routes; nil for no limit
}

// prepare reads the form of a request, within limits and as valid text, before a
// handler is called, and checks its address. It leaves nothing for net/http to parse,
// which would write parts of a form to disk.
func prepare(w http.ResponseWriter, r *http.Request, takes Body) error {
	r.PostForm, r.MultipartForm = url.Values{}, &multipart.Form{}
	if err := checkAddress(r.URL); err != nil {
		r.Form = url.Values{}
		return err
	}
	r.Form = url.Values{}
	for name, values := range r.URL.Query() {
		for _, value := range values {
			r.Form.Add(clean(name), cleanValue(name, value))
		}
	}
	r.Header.Set("User-Agent", clean(r.Header.Get("User-Agent")))
	kind := mediaType(r)
	switch {
	case r.ContentLength == 0 && (r.Method != http.MethodPost || kind == ""):
		return nil
	case r.Method == http.MethodPost && kind == "application/x-www-form-urlencoded":
		return readForm(w, r)
	case r.Method == http.MethodPost && kind == multipartForm && takes.MaxFile > 0:
		if !takes.Visitors && !actor.From(r.Context()).SignedIn() {
			return fault.New(fault.Unknown, "fault.sign_in")
		}
		body := &uploadBody{ReadCloser: r.Body, control: http.NewResponseController(w)}
		r.Body = http.MaxBytesReader(w, body, takes.MaxFile+maxForm+2*maxRest)
		return nil
	}
	return fault.New(fault.Media, "fault.form_type")
}

// checkAddress returns NotFound for an address that is not valid text.
func checkAddress(u *url.URL) error {
	if len(u.RawQuery) > maxQuery {
		return fault.New(fault.TooLarge, "fault.form_large")
	}
	query, err := url.QueryUnescape(u.RawQuery)
	if err != nil || !isText(u.RawQuery) || !isText(query) || !isText(u.Path) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return nil
}

// readForm reads a form without a file into r.PostForm and r.Form.
func readForm(w http.ResponseWriter, r *http.Request) error {
	if r.ContentLength > maxForm {
		return fault.New(fault.TooLarge, "fault.form_large")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxForm))
	if err != nil {
		return unread(err)
	}
	if strings.Count(string(body), "&") >= maxPairs {
		return fault.New(fault.TooLarge, "fault.form_large")
	}
	sent, err := url.ParseQuery(string(body))
	if err != nil {
		return unread(err)
	}
	for name, values := range sent {
		if len(name) > maxName {
			return fault.New(fault.TooLarge, "fault.form_large")
		}
		for _, value := range values {
			r.PostForm.Add(clean(name), cleanValue(name, value))
		}
	}
	for name, values := range r.PostForm { // before those of the address, as in net/http
		r.Form[name] = slices.Concat(values, r.Form[name])
	}
	return nil
}

// Sent returns the fields of the form in r, for a page that offers to send it again,
// and whether it may have had a file. It reads a form that is not yet read, but no
// upload. It returns nil if there is no form or it cannot be read.
func Sent(w http.ResponseWriter, r *http.Request) (fields url.Values, upload bool) {
	if r.Method != http.MethodPost || r.PostForm == nil && prepare(w, r, Body{}) != nil {
		return nil, false
	}
	upload = mediaType(r) == multipartForm
	if upload && len(r.PostForm) == 0 { // it has not arrived
		return nil, false
	}
	return r.PostForm, upload
}

// ReadUpload reads the form of a route registered with Upload while it arrives.
// receive is called for its file, if there is one in field, with its name and a
// reader of its bytes; if receive leaves many bytes unread, they are not read to the
// end. A form without a file, as a script might send, is read too. Afterwards
// r.PostForm has its fields.
//
// refused is the fault of the file, to be returned with the mistakes of the form: the
// error of receive, if the form can be shown again (fault.KeepsForm), or a fault for
// a second file, which is not read; the caller must then store neither. Any other
// error ends the reading and is err, as is Invalid for a file in another field.
func ReadUpload(r *http.Request, field string, receive func(name string, bytes io.Reader) error) (form url.Values, refused, err error) {
	if mediaType(r) != multipartForm {
		return r.PostForm, nil, nil
	}
	form, refused, err = readUpload(r, field, receive)
	if err == nil {
		err = arrived(r)
	}
	return form, refused, err
}

func readUpload(r *http.Request, field string, receive func(name string, bytes io.Reader) error) (form url.Values, refused, err error) {
	source := &bounded{Reader: r.Body}
	parts, err := partsOf(r, source)
	if err != nil {
		return nil, nil, err
	}
	u := upload{ctx: r.Context(), field: field, creation: creating.From(r.Context()), receive: receive, limit: r.ContentLength, form: url.Values{}, left: maxForm, seen: recordOf(r.Context())}
	for range maxParts + 1 { // and the end
		source.left = maxPartHeader
		part, err := parts.NextPart()
		source.left = math.MaxInt64
		if errors.Is(err, io.EOF) {
			source.left = maxPartHeader
			_, _ = io.Copy(io.Discard, source) // to the end of the body; the form is complete without it
			maps.Copy(r.PostForm, u.form)
			return u.form, u.refused, nil
		}
		if err != nil {
			return nil, nil, unread(errors.Join(err, source.err))
		}
		more, err := u.readPart(part)
		if err != nil {
			return nil, nil, err
		}
		if !more {
			maps.Copy(r.PostForm, u.form)
			return u.form, u.refused, nil
		}
	}
	return nil, nil, fault.New(fault.TooLarge, "fault.form_large")
}

// ReadFile is ReadUpload for a form that sends only a file in field. For a form
// without a file it calls receive with an empty name and no reader. What receive has
// stored stays stored if a second file follows.
func ReadFile(r *http.Request, field string, receive func(name string, bytes io.Reader) error) error {
	sent, stored := false, ""
	_, refused, err := ReadUpload(r, field, func(name string, bytes io.Reader) error {
		sent = true
		err := receive(name, bytes)
		if err == nil {
			stored = name
		}
		return err
	})
	switch {
	case err != nil:
		return err
	case !sent:
		return receive("", nil)
	case refused != nil && stored != "":
		var check fault.Check
		check.That(false, fault.File, "fault.one_file_stored", fault.Args{"Name": stored})
		return check.Err()
	}
	return refused
}

func partsOf(r *http.Request, body io.Reader) (*multipart.Reader, error) {
	_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, unread(err)
	}
	boundary := params["boundary"]
	if boundary == "" || len(boundary) > maxBoundary {
		return nil, unread(http.ErrMissingBoundary)
	}
	return multipart.NewReader(body, boundary), nil
}

// upload is a form being received.
type upload struct {
	ctx      context.Context    //nolint:containedctx // of the request that is read
	field    string             // of the file
	creation *creating.Creation // nil if the form creates nothing
	receive  func(name string, bytes io.Reader) error
	limit    int64 // bytes of the whole form; -1 if unknown
	form     url.Values
	left     int  // bytes left for names and texts
	has      bool // there was a file
	refused  error
	seen     *record
}

// readPart reads a part; more is false if the rest of the form is not read.
func (u *upload) readPart(part *multipart.Part) (more bool, err error) {
	field, name := part.FormName(), part.FileName()
	if len(field) > maxName || len(name) > maxFileName {
		return false, fault.New(fault.TooLarge, "fault.form_large")
	}
	u.left -= len(field) + len(name)
	field, name = clean(unescaped.Replace(field)), text.Line(unescaped.Replace(name))
	if name == "" { // also for an empty file input
		value, err := readText(part, min(u.left, maxText))
		if err != nil {
			return false, err
		}
		u.left -= len(value)
		u.form.Add(field, cleanValue(field, value))
		return true, nil
	}
	if field != u.field {
		return false, fault.New(fault.Invalid, "fault.file_elsewhere").With(fault.Args{"Name": name})
	}
	if err := u.file(name, part); err != nil {
		return false, err
	}
	// The rest of a file far over the limit is not read: the form ends before it, and
	// the server closes the connection. A file that only has to be sent again later
	// is read, for the fields that follow.
	limit := int64(maxRest)
	if fault.Temporary(u.refused) {
		limit = math.MaxInt64 - 1 // the body has its own limit
	}
	rest, _ := io.CopyN(io.Discard, part, limit+1) // an error returns with the next part
	return rest <= limit, nil
}

func (u *upload) file(name string, part io.Reader) error {
	if u.has {
		var check fault.Check
		if check.Add(u.refused) == nil { // an error other than mistakes is returned first
			check.That(false, fault.File, "fault.one_file")
			u.refused = check.Err()
		}
		return nil
	}
	u.has = true
	content := io.Reader(arriving{part})
	if u.creation != nil {
		content = u.creation.File(name, content)
		if done, err := u.repeated(content); done || err != nil {
			return err
		}
	}
	arrived := &counting{Reader: content, limit: u.limit}
	err := u.receive(name, arrived)
	u.seen.fileEnded(err, arrived)
	if !fault.KeepsForm(err) || fault.KindOf(err) == fault.Invalid && fault.FieldsOf(err) == nil {
		return err
	}
	u.refused = err
	return nil
}

// repeated reads the file of a form that was sent before, without storing it; done is
// false for any other form, and for one with a version, whose file may be another one.
func (u *upload) repeated(file io.Reader) (done bool, err error) {
	u.creation.Set(u.form)
	if u.creation.Versioned || fault.KindOf(u.creation.Arrived(u.ctx, u.form)) != fault.Repeated {
		return false, nil
	}
	_, err = io.Copy(io.Discard, file)
	return true, err
}

// counting counts the bytes that it reads, and records whether the rest was missing.
type counting struct {
	io.Reader
	limit  int64 // maximum of bytes; -1 if unknown
	n      int64
	broken bool
}

// Limit returns the maximum size of the file in bytes; -1 if unknown.
func (c *counting) Limit() int64 { return c.limit }

// Read implements io.Reader.
func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	c.broken = c.broken || err != nil && !errors.Is(err, io.EOF)
	return n, err
}

// readText reads a part without a file, of at most maxBytes.
func readText(part io.Reader, maxBytes int) (string, error) {
	value, err := io.ReadAll(io.LimitReader(part, int64(max(maxBytes, 0))+1))
	if err != nil {
		return "", unread(err)
	}
	if len(value) > maxBytes {
		return "", fault.New(fault.TooLarge, "fault.form_large")
	}
	return string(value), nil
}

// arriving reads a file of a form; its errors are faults of the form.
type arriving struct{ io.Reader }

func (a arriving) Read(p []byte) (int, error) {
	n, err := a.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = unread(err)
	}
	return n, err
}

// bounded fails once it has read left bytes: mime/multipart reads up to 10 MB of a
// part's header into memory.
type bounded struct {
	io.Reader
	left int64
	err  error // the last error: mime/multipart replaces some by others
}

var errPartHeader = errors.New("the header of a part is too long")

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		b.err = errPartHeader
		return 0, b.err
	}
	n, err := b.Reader.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.err = err
	return n, err
}

// unread returns the fault of a form that did not arrive completely.
func unread(err error) error {
	_, large := errors.AsType[*http.MaxBytesError](err)
	switch {
	case large, errors.Is(err, errPartHeader), errors.Is(err, multipart.ErrMessageTooLarge):
		return fault.New(fault.TooLarge, "fault.form_large").Because(err)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fault.New(fault.Timeout, "fault.slow").Because(err)
	}
	return fault.New(fault.Invalid, "fault.form_broken").Because(err)
}

// mediaType returns the media type of the body; empty if the header is missing or
// invalid.
func mediaType(r *http.Request) string {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // empty on an error
	return kind
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// clean returns text as the program stores it.
func clean(s string) string { return text.Clean(s) }

// cleanValue is clean for the value of a field. A password stays as it was typed, but for
// what is no text at all: one letter changed, and its owner could not sign in.
func cleanValue(field, value string) string {
	if slices.Contains(PasswordFields(), field) {
		return strings.ReplaceAll(strings.ToValidUTF8(value, "\ufffd"), "\x00", "")
	}
	return clean(value)
}

// PasswordFields returns the names of the inputs for passwords.
func PasswordFields() []string { return []string{"sandi", "ulang", "lama"} }

// unescaped reads the names of a form with a file as browsers write them (WHATWG, HTML:
// multipart/form-data).
var unescaped = strings.NewReplacer("%22", `"`, "%0D", "\r", "%0A", "\n")
