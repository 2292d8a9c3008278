package instrument

import (
	"reflect"
	"strings"

	"siida.id/internal/base/address"
	"siida.id/internal/base/text"
)

// texts checks every text of the pack: it has nothing that cannot be seen, and its links
// can be opened. Faults name the code of its part, or the part.
func (c *checker) texts(subject string, v reflect.Value) {
	switch v.Kind() { //nolint:exhaustive // others have no texts
	case reflect.String:
		c.text(subject, v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			c.texts(subject, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.texts(subject, v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			c.texts(subject, key)
			c.texts(subject, v.MapIndex(key))
		}
	case reflect.Struct:
		if own := v.FieldByName("Code"); own.Kind() == reflect.String && own.String() != "" && text.Clean(own.String()) == own.String() {
			subject = own.String()
		}
		for i := range v.NumField() {
			field, inside := v.Type().Field(i), subject
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if !field.IsExported() || name == "-" {
				continue
			}
			if inside == "" {
				inside = name
			}
			c.texts(inside, v.Field(i))
		}
	}
}

func (c *checker) text(subject, s string) {
	c.that(text.Clean(s) == s, subject, "signs that cannot be seen, or letters that are not composed (NFC)", "%+q", s)
	for _, link := range address.In(s) {
		switch address.Check(link) {
		case address.Twice:
			c.fault(subject, "https:// twice in a link", "%s", link)
		case address.Port:
			c.fault(subject, "a port of a link that is not from 1 to 65535", "%s", link)
		case address.Unclear:
			c.fault(subject, "a link that cannot be opened", "%s", link)
		case address.None:
		}
	}
}
