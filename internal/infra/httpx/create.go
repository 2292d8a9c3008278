package httpx

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"siida.id/internal/base/creating"
)

// Creates is for a form that creates something: it has the id of the new thing, so that
// it can be sent twice (package creating). path is where it redirects, as a pattern whose
// wildcards are those of the route and creating.New; result is what that page says, one of
// ui.Result.
func Creates[T ~string](path string, result T) Option {
	return Option{"creates", path + "?tersimpan=" + url.QueryEscape(string(result))}
}

// IsCreates reports whether o is a Creates.
func IsCreates(o Option) bool { return o.location != "" }

// Creating returns h for a route with these options: if its form creates something, one
// that was sent before redirects to where the first did. find returns the fault of such a
// form.
func Creating(h Handler, options []Option, find func(context.Context, *creating.Creation) error) Handler {
	var pattern string
	for _, o := range options {
		if IsCreates(o) {
			pattern = o.location
		}
	}
	if pattern == "" {
		return h
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		c := creating.To(r.URL.Path, locationOf(r, pattern), find)
		r = r.WithContext(creating.With(r.Context(), c))
		var err error
		if mediaType(r) != multipartForm { // else ReadUpload does it
			err = arrived(r)
		}
		if err == nil {
			err = h(w, r)
		}
		first, found := errors.AsType[creating.First](err)
		if !found {
			return err
		}
		http.Redirect(w, r, first.Location, http.StatusSeeOther)
		return nil
	}
}

// arrived completes the creation of r, if its form creates something, and returns the
// fault of a form that was sent before.
func arrived(r *http.Request) error {
	c := creating.From(r.Context())
	if c == nil {
		return nil
	}
	return c.Arrived(r.Context(), r.PostForm)
}

var wildcard = regexp.MustCompile(`\{\w+\}`)

// locationOf returns a pattern with the values of the path of r.
func locationOf(r *http.Request, pattern string) string {
	return wildcard.ReplaceAllStringFunc(pattern, func(name string) string {
		if name == creating.New {
			return name
		}
		return url.PathEscape(r.PathValue(strings.Trim(name, "{}")))
	})
}
