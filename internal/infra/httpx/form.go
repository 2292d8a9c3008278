package httpx

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"siida.id/internal/base/fault"
)

// What a form may weigh: without its files, and one of its texts in a form with
// files; and how much of a file that nobody wants is read for what comes after it.
const (
	formLimit = 1 << 20
	textLimit = 64 << 10
	restLimit = 1 << 20
)

// prepare makes what a person sent safe to work with, so that no handler and
// no store need think of it: an address is text, a form is whole and is text.
func prepare(w http.ResponseWriter, r *http.Request) error {
	if !isText(r.URL.Path) || !isText(r.URL.RawQuery) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if query, err := url.QueryUnescape(r.URL.RawQuery); err != nil || !isText(query) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	r.Header.Set("User-Agent", clean(r.Header.Get("User-Agent")))
	if r.Method != http.MethodPost || kind(r) == "multipart/form-data" {
		return nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, formLimit)
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	for _, values := range r.PostForm {
		for i, v := range values {
			values[i] = clean(v)
		}
	}
	return nil
}

// Multipart reads a form with files part by part, the files while they arrive:
// file is called for each that has a name, with a reader of its bytes; what it
// leaves unread is not read to its end when it is long. A form without files, as a script might send one, is read too.
func Multipart(r *http.Request, file func(field, name string, bytes io.Reader) error) (url.Values, error) {
	if kind(r) != "multipart/form-data" {
		return r.PostForm, nil
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, unread(err)
	}
	values := url.Values{}
	for left := int64(formLimit); ; {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return values, nil
		}
		if err != nil {
			return nil, unread(err)
		}
		if name := part.FileName(); name != "" {
			if err := file(part.FormName(), name, part); err != nil {
				return nil, err
			}
			// Of a file far over the limit the rest does not come in: the form is
			// what came before it, and the server ends the connection.
			if rest, _ := io.CopyN(io.Discard, part, restLimit+1); rest > restLimit {
				return values, nil
			}
			continue
		}
		text, err := readText(part, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(text))
		values.Add(part.FormName(), clean(text))
	}
}

// readText reads a part that is no file; one without a name and bytes is the
// empty file of a form in which nobody chose one.
func readText(part *multipart.Part, left int64) (string, error) {
	most := min(left, textLimit)
	text, err := io.ReadAll(io.LimitReader(part, most+1))
	if err != nil {
		return "", unread(err)
	}
	if int64(len(text)) > most {
		return "", fault.New(fault.TooLarge, "fault.form_large")
	}
	return string(text), nil
}

// unread is the fault of a form that did not arrive whole.
func unread(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return fault.New(fault.TooLarge, "fault.form_large").Because(err)
	}
	return fault.New(fault.Invalid, "fault.form_broken").Because(err)
}

func kind(r *http.Request) string {
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
