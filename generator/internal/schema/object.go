package schema

import (
	"bytes"
	"encoding/json"
)

// object is a JSON object that keeps the order in which it was written: that of the model
// in properties, so that two files are compared by eye.
type object []member

type member struct {
	key   string
	value any
}

// with is the object with one more member at its end.
func (o object) with(key string, value any) object {
	return append(o[:len(o):len(o)], member{key, value})
}

// MarshalJSON implements json.Marshaler.
func (o object) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, m := range o {
		if i > 0 {
			b = append(b, ',')
		}
		key, err := encode(m.key)
		if err != nil {
			return nil, err
		}
		value, err := encode(m.value)
		if err != nil {
			return nil, err
		}
		b = append(append(append(b, key...), ':'), value...)
	}
	return append(b, '}'), nil
}

// encode is a value as JSON in which < and & stay readable.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// indented is an object as a file.
func indented(o object) ([]byte, error) {
	raw, err := encode(o)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = json.Indent(&b, raw, "", " ")
	b.WriteByte('\n')
	return b.Bytes(), err
}
