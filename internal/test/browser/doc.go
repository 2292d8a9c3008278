// Package browser opens the pages in Chromium, on a phone and on a desk.
package browser
