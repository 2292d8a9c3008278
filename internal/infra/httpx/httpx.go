// Package httpx adapts handlers that return errors to http.Handler, so that logging,
// status codes and error pages are in one place.
package httpx

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx/may"
)

// Handler is an HTTP handler that returns an error.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Handle registers a route: its pattern, as of http.ServeMux, its handler, and its
// audience, which the access matrix tests; the service itself checks permissions.
type Handle func(pattern string, h Handler, who may.Who, options ...Option)

// Option is an option of a route.
type Option struct {
	name     string
	location string // of Creates
}

// The other options.
var (
	// Upload allows the form of a route to have one file. On other routes
	// multipart/form-data is refused.
	Upload = Option{name: "upload"}
	// NoStore is for pages with accounts or secrets: browsers do not store them, so that
	// the next person at a computer does not find them with Back. What was typed into
	// their forms is lost on the way back, so pages with long texts do without.
	NoStore = Option{name: "no-store"}
	// Noted is for what is not public and leaves the program as a file: who opens it is
	// noted in the access log.
	Noted = Option{name: "noted"}
)

// With returns h with more options for each route.
func (h Handle) With(more ...Option) Handle {
	return func(pattern string, handler Handler, who may.Who, options ...Option) {
		h(pattern, handler, who, slices.Concat(options, more)...)
	}
}

// ErrorPage shows err to the client with the given status.
type ErrorPage func(w http.ResponseWriter, r *http.Request, status int, err error)

// Status maps a fault kind to an HTTP status.
func Status(k fault.Kind) int {
	switch k {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Conflict, fault.Repeated, fault.Taken:
		return http.StatusConflict
	case fault.Unknown:
		return http.StatusUnauthorized
	case fault.Throttle:
		return http.StatusTooManyRequests
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Timeout:
		return http.StatusRequestTimeout
	case fault.Media:
		return http.StatusUnsupportedMediaType
	case fault.Method:
		return http.StatusMethodNotAllowed
	case fault.Busy:
		return http.StatusServiceUnavailable
	case fault.Full, fault.OverQuota:
		return http.StatusInsufficientStorage
	case fault.Internal, fault.Damaged:
	}
	return http.StatusInternalServerError
}

// Routed gives Log the route of a handler that Wrap does not adapt.
func Routed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recordOf(r.Context()).route = r.Pattern
		h.ServeHTTP(w, r)
	})
}

// Wrap adapts h, which is called after the form has been read, within the limits of
// takes. It gives Log the route and the error.
func Wrap(page ErrorPage, h Handler, takes Body) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recordOf(r.Context()).route = r.Pattern
		err := prepare(w, r, takes)
		if err == nil && takes.MaxFile > 0 && mediaType(r) == multipartForm {
			var end func()
			if end, err = takes.Uploads.begin(r); err == nil {
				defer end()
			}
		}
		if err == nil {
			err = safely(h, w, r)
		}
		if err != nil {
			Refuse(page, w, r, err)
		}
	})
}

// statusLeft is the logged status of a client that disconnected before the answer.
const statusLeft = 499

// Refuse answers a request with err, without reading its body. It sends nothing to a
// client that has disconnected. If the answer has started, it closes the connection,
// so that the partial answer is not taken for a complete one.
func Refuse(page ErrorPage, w http.ResponseWriter, r *http.Request, err error) {
	seen := recordOf(r.Context())
	seen.err = err
	if cause := context.Cause(r.Context()); cause != nil {
		slow, known := fault.KindOf(cause) == fault.Busy, fault.KindOf(err)
		if !slow && (known == fault.Internal || known == fault.Busy) {
			seen.status = statusLeft
			return
		}
		if slow { // LimitTime has cancelled it
			err = errTimeout.Because(err)
			seen.err = err
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), errorTime) // for the error page
		defer cancel()
		r = r.WithContext(ctx)
	}
	status := Status(fault.KindOf(err))
	seen.status = status
	if started(w) {
		panic(http.ErrAbortHandler)
	}
	page(w, r, status, err)
}

func safely(h Handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h(w, r)
}
