// Package httpx turns handlers that return errors into http.Handlers, so that
// logging, status codes and error pages are decided in exactly one place.
package httpx

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/httpx/may"
)

// Handler is an HTTP handler that may fail.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Handle registers a route: its pattern, as of http.ServeMux, what serves it,
// and who it is for, which the access matrix tests and the service decides.
type Handle func(pattern string, h Handler, who may.Who, options ...Option)

// Option is what sets a route apart.
type Option int

// Upload lets the form of a route carry one file. Everywhere else
// multipart/form-data is refused.
const Upload Option = 1

// ErrorPage shows err to the visitor with the given status.
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
	case fault.Conflict:
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
	case fault.Full:
		return http.StatusInsufficientStorage
	case fault.Internal, fault.Damaged:
	}
	return http.StatusInternalServerError
}

// Routed tells Log the route of a handler that Wrap does not adapt.
func Routed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recordOf(r.Context()).route = r.Pattern
		h.ServeHTTP(w, r)
	})
}

// Wrap adapts h, which is called once a form that takes allows has been read.
// What Log says of the request has its route, and why it failed.
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

// statusLeft is what the log says of a visitor who has left before the answer.
const statusLeft = 499

// Refuse answers a request with err, and reads nothing of it. To a visitor who
// has left it answers nothing, and neither where an answer is under way: that
// ends, so that half of it does not look whole.
func Refuse(page ErrorPage, w http.ResponseWriter, r *http.Request, err error) {
	seen := recordOf(r.Context())
	seen.err = err
	if cause := context.Cause(r.Context()); cause != nil {
		slow, known := fault.KindOf(cause) == fault.Busy, fault.KindOf(err)
		if !slow && (known == fault.Internal || known == fault.Busy) {
			seen.status = statusLeft
			return
		}
		if slow { // LimitTime has ended it
			err = errTimeout.Because(err)
			seen.err = err
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), errorTime) // for the page
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
