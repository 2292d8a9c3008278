// Package i18n translates messages into the visitor's language, which is in the
// context. Indonesian is the reference and the fallback.
package i18n

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Args are a message's named arguments. Count selects the plural form.
type Args = map[string]any

// Catalog holds every language's messages.
type Catalog struct {
	bundle  *i18n.Bundle
	matcher language.Matcher
	glosses map[string]map[string]string // by language, by text
	plain   map[string]*sync.Map         // by language: translated messages without arguments, by key
}

// Load reads <language>/<feature>.json; each file may only define keys that
// start with its feature's name, so two features cannot collide.
func Load(files fs.FS) (*Catalog, error) {
	bundle := i18n.NewBundle(language.Indonesian)
	names, err := fs.Glob(files, "*/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		lang, feature := path.Dir(name), strings.TrimSuffix(path.Base(name), ".json")
		if err := checkPrefix(text, feature+"."); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		// The library takes the language from the name, as in review.id.json.
		if _, err := bundle.ParseMessageFileBytes(text, feature+"."+lang+".json"); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	c := &Catalog{bundle, language.NewMatcher(bundle.LanguageTags()), map[string]map[string]string{}, map[string]*sync.Map{}}
	for _, tag := range bundle.LanguageTags() {
		c.plain[tag.String()] = &sync.Map{}
	}
	return c, nil
}

// SetGlosses sets the explanations, in a language, of texts that are not
// translated.
func (c *Catalog) SetGlosses(lang string, glosses map[string]string) { c.glosses[lang] = glosses }

// Gloss returns the explanation of such a text in the language of ctx, or "".
func Gloss(ctx context.Context, text string) string {
	v, _ := ctx.Value(key{}).(locale)
	return v.glosses[text]
}

func checkPrefix(text []byte, prefix string) error {
	var messages map[string]any
	if err := json.Unmarshal(text, &messages); err != nil {
		return err
	}
	for key := range messages {
		if !strings.HasPrefix(key, prefix) {
			return fmt.Errorf("key %q lacks the prefix %q", key, prefix)
		}
	}
	return nil
}

type key struct{}

type locale struct {
	lang      string
	localizer *i18n.Localizer
	plain     *sync.Map
	glosses   map[string]string
}

// With returns a context with the best match for accept, the value of an
// Accept-Language header.
func (c *Catalog) With(ctx context.Context, accept string) context.Context {
	tag, _ := language.MatchStrings(c.matcher, accept)
	base, _ := tag.Base()
	lang := base.String()
	return context.WithValue(ctx, key{}, locale{lang, i18n.NewLocalizer(c.bundle, lang), c.plain[lang], c.glosses[lang]})
}

// Language is a language that people can choose; Current marks the one in use.
type Language struct {
	Code, Name string
	Current    bool
}

// Languages returns the languages that people can choose, each with its own name.
func Languages(ctx context.Context) []Language {
	return []Language{
		{Code: "id", Name: "Bahasa Indonesia", Current: Lang(ctx) == "id"},
		{Code: "en", Name: "English", Current: Lang(ctx) == "en"},
	}
}

// Lang returns the language of ctx, such as "id".
func Lang(ctx context.Context) string {
	if v, ok := ctx.Value(key{}).(locale); ok {
		return v.lang
	}
	return language.Indonesian.String()
}

// T translates the message with that id into the language of ctx. Without a language,
// as in tests of rooms, it returns the id.
func T(ctx context.Context, id string, args ...Args) string {
	v, ok := ctx.Value(key{}).(locale)
	if !ok {
		return id
	}
	if len(args) > 0 && args[0] != nil {
		return v.translate(&i18n.LocalizeConfig{MessageID: id, TemplateData: args[0], PluralCount: args[0]["Count"]})
	}
	if text, known := v.plain.Load(id); known {
		return text.(string) //nolint:forcetypeassert // only strings are stored
	}
	text := v.translate(&i18n.LocalizeConfig{MessageID: id})
	v.plain.Store(id, text)
	return text
}

func (v locale) translate(config *i18n.LocalizeConfig) string {
	text, err := v.localizer.Localize(config)
	if err != nil && text == "" {
		return config.MessageID
	}
	return text
}
