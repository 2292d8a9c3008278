// Package browser opens the pages in Chromium, at phone and desktop size.
package browser
