package content

import (
	"reflect"

	"vitrine/generator/internal/record"
)

// LongForm is the struct whose keys a value may be written with where these are not the
// fields of its own type: of a record.Ref and a record.Creator. Each can be an id alone too.
func LongForm(t reflect.Type) (reflect.Type, bool) {
	switch t {
	case reflect.TypeFor[record.Ref]():
		return reflect.TypeFor[namedRef](), true
	case reflect.TypeFor[record.Creator]():
		return reflect.TypeFor[creatorKeys](), true
	}
	return nil, false
}

// WithheldDefaults are the keys that the defaults of a fonds may not hold.
func WithheldDefaults() []string { return withheldDefaults }
