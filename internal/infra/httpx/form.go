package httpx

import (
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
	"siida.id/internal/base/fault"
)

// What a request may carry, in bytes where nothing else is said. No page of the
// program comes near it.
const (
	maxForm       = 1 << 20  // a form without its file
	maxPairs      = 10_000   // fields of a form without a file, such as ticks in a list of innovations
	maxQuery      = 16 << 10 // what follows the ? of an address
	maxText       = 64 << 10 // one text of a form with a file
	maxParts      = 200      // fields of a form with a file
	maxPartHeader = 16 << 10 // what stands before the bytes of one of them
	maxBoundary   = 70       // what stands between two of them (RFC 2046)
	maxName       = 200      // the name of a field
	maxFileName   = 1 << 10  // what a file is called where it comes from
	maxRest       = 1 << 20  // how much of a file that nobody wants is read for what comes after it
	multipartForm = "multipart/form-data"
)

// Body is what a route takes besides its address. The zero Body takes a form
// without a file.
type Body struct {
	MaxFile  int64    // bytes of the one file that a form may carry; 0 takes none
	Visitors bool     // whoever has not signed in may send a file too
	Uploads  *Uploads // counts those of all routes together; nil takes any number
}

// prepare makes what a person sent safe to work with before a handler sees it:
// an address is text, a form is whole, bounded and text. net/http is left
// nothing to parse: it would write parts of a form to disk.
func prepare(w http.ResponseWriter, r *http.Request, takes Body) error {
	r.PostForm, r.MultipartForm = url.Values{}, &multipart.Form{}
	if err := checkAddress(r.URL); err != nil {
		r.Form = url.Values{}
		return err
	}
	r.Form = r.URL.Query()
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

// checkAddress refuses an address that is no text: there is no such page.
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
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxForm))
	if err != nil {
		return unread(err)
	}
	if strings.Count(string(text), "&") >= maxPairs {
		return fault.New(fault.TooLarge, "fault.form_large")
	}
	sent, err := url.ParseQuery(string(text))
	if err != nil {
		return unread(err)
	}
	for name, values := range sent {
		if len(name) > maxName {
			return fault.New(fault.TooLarge, "fault.form_large")
		}
		for _, value := range values {
			r.PostForm.Add(clean(name), clean(value))
		}
	}
	for name, values := range r.PostForm { // before those of the address, as net/http has it
		r.Form[name] = slices.Concat(values, r.Form[name])
	}
	return nil
}

// Sent returns the fields of the form that r carries, for a page that offers to send
// it again, and whether a file may have been among them. It reads what nobody has
// read yet, but no upload. It returns nil where there is no form, or none that could
// be read.
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

// ReadUpload reads the form of a route that was registered with Upload while it
// arrives. receive is called for its file, if there is one in field, with what it
// is called where it comes from and a reader of its bytes; what receive leaves
// unread is not read to its end when it is long. A form that carries no file,
// as a script might send one, is read too. Afterwards r.PostForm has its fields.
//
// refused is what is wrong with the file, to be told with whatever else is wrong
// with the form: what receive returned where that keeps the form
// (fault.KeepsForm), or that there is a second file, of which nothing is read;
// the caller stores neither then. Any other fault ends the reading and is err, as
// is Invalid for a file in another field.
func ReadUpload(r *http.Request, field string, receive func(name string, bytes io.Reader) error) (form url.Values, refused, err error) {
	if mediaType(r) != multipartForm {
		return r.PostForm, nil, nil
	}
	source := &bounded{Reader: r.Body}
	parts, err := partsOf(r, source)
	if err != nil {
		return nil, nil, err
	}
	u := upload{field: field, receive: receive, limit: r.ContentLength, form: url.Values{}, left: maxForm, seen: recordOf(r.Context())}
	for range maxParts + 1 { // and the end
		source.left = maxPartHeader
		part, err := parts.NextPart()
		source.left = math.MaxInt64
		if errors.Is(err, io.EOF) {
			source.left = maxPartHeader
			_, _ = io.Copy(io.Discard, source) // to the end of the body; the form is whole without it
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

// ReadFile is ReadUpload for a form that sends one file in field and nothing
// else. A form without one calls receive with an empty name and no reader. What
// receive has stored stays stored where a second file comes after it.
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

// upload is a form that is arriving.
type upload struct {
	field   string // of the file
	receive func(name string, bytes io.Reader) error
	limit   int64 // bytes of the whole form; -1 is not known
	form    url.Values
	left    int  // bytes that names and texts may still have
	has     bool // a file
	refused error
	seen    *record
}

// readPart reads one part; more is false if the rest of the form is not read.
func (u *upload) readPart(part *multipart.Part) (more bool, err error) {
	field, name := part.FormName(), part.FileName()
	if len(field) > maxName || len(name) > maxFileName {
		return false, fault.New(fault.TooLarge, "fault.form_large")
	}
	u.left -= len(field) + len(name)
	field, name = clean(field), clean(name)
	if name == "" { // also the empty file of a form in which nobody chose one
		text, err := readText(part, min(u.left, maxText))
		if err != nil {
			return false, err
		}
		u.left -= len(text)
		u.form.Add(field, clean(text))
		return true, nil
	}
	if field != u.field {
		return false, fault.New(fault.Invalid, "fault.file_elsewhere").With(fault.Args{"Name": name})
	}
	if err := u.file(name, part); err != nil {
		return false, err
	}
	// Of a file far over the limit the rest does not come in: the form is what
	// came before it, and the server ends the connection. A file that only has to
	// be sent again later, it lets come, for the sake of the fields that follow.
	limit := int64(maxRest)
	if fault.Temporary(u.refused) {
		limit = math.MaxInt64 - 1 // the body has a limit of its own
	}
	rest, _ := io.CopyN(io.Discard, part, limit+1) // a fault comes again with the next part
	return rest <= limit, nil
}

func (u *upload) file(name string, part io.Reader) error {
	if u.has {
		var check fault.Check
		if check.Add(u.refused) == nil { // anything but a mistake keeps the form, and is told first
			check.That(false, fault.File, "fault.one_file")
			u.refused = check.Err()
		}
		return nil
	}
	u.has = true
	arrived := &counting{Reader: arriving{part}, limit: u.limit}
	err := u.receive(name, arrived)
	u.seen.fileEnded(err, arrived)
	if !fault.KeepsForm(err) || fault.KindOf(err) == fault.Invalid && fault.FieldsOf(err) == nil {
		return err
	}
	u.refused = err
	return nil
}

// counting counts the bytes that it reads, and notes whether more did not arrive.
type counting struct {
	io.Reader
	limit  int64 // bytes that come at most; -1 is not known
	n      int64
	broken bool
}

// Limit is how many bytes the file has at most; -1 is not known.
func (c *counting) Limit() int64 { return c.limit }

// Read implements io.Reader.
func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	c.broken = c.broken || err != nil && !errors.Is(err, io.EOF)
	return n, err
}

// readText reads a part that is no file, of at most maxBytes.
func readText(part io.Reader, maxBytes int) (string, error) {
	text, err := io.ReadAll(io.LimitReader(part, int64(max(maxBytes, 0))+1))
	if err != nil {
		return "", unread(err)
	}
	if len(text) > maxBytes {
		return "", fault.New(fault.TooLarge, "fault.form_large")
	}
	return string(text), nil
}

// arriving reads a file of a form; what fails is a fault of the form.
type arriving struct{ io.Reader }

func (a arriving) Read(p []byte) (int, error) {
	n, err := a.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = unread(err)
	}
	return n, err
}

// bounded fails once it has read left bytes: mime/multipart reads up to 10 MB
// of a part's header into memory.
type bounded struct {
	io.Reader
	left int64
	err  error // the last one: mime/multipart makes others of some
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

// unread is the fault of a form that did not arrive whole.
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

// mediaType is of what type the body says it is; empty where it says nothing
// that can be read.
func mediaType(r *http.Request) string {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // none is none
	return kind
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// clean drops what no database keeps as text.
func clean(s string) string {
	if isText(s) {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "")
}
