package backup

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// binary is the value of a text that is not UTF-8, which JSON cannot have as a string.
// Only SQLite takes one.
type binary struct {
	Base64 []byte `json:"base64"`
}

// appendRow appends a row as a JSON object on a line.
func appendRow(b []byte, t Table, row []any) ([]byte, error) {
	for i, c := range t.Columns {
		b = append(b, "{,"[min(i, 1)])
		b = append(strconv.AppendQuote(b, c.Name), ':')
		v := row[i]
		if text, ok := v.(string); ok && !utf8.ValidString(text) {
			v = binary{[]byte(text)}
		}
		value, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		b = append(b, value...)
	}
	return append(b, "}\n"...), nil
}

// parseRow returns the values of a line for the columns of t, which it must all have,
// and no others.
func parseRow(t Table, line []byte) ([]any, error) {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(line, &values); err != nil {
		return nil, err
	}
	row := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		value, ok := values[c.Name]
		if !ok {
			return nil, fmt.Errorf("column %s is missing", c.Name)
		}
		v, err := c.parse(value)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		row[i] = v
	}
	if len(values) > len(t.Columns) {
		return nil, fmt.Errorf("%d columns, and the table has %d", len(values), len(t.Columns))
	}
	return row, nil
}

func (c Column) parse(value json.RawMessage) (any, error) {
	switch {
	case string(value) == "null":
		return nil, nil //nolint:nilnil // null
	case c.Type == "boolean":
		return parse[bool](value)
	case c.Type == "bigint":
		return parse[int64](value)
	case bytes.HasPrefix(value, []byte("{")):
		v, err := parse[binary](value)
		return string(v.Base64), err
	}
	return parse[string](value)
}

func parse[T any](value json.RawMessage) (v T, err error) {
	err = json.Unmarshal(value, &v)
	return v, err
}
