package render

import (
	"fmt"
	"reflect"
	"slices"
	"text/template/parse"
)

// An expr is a compiled expression and the type of its value.
type expr struct {
	typ  reflect.Type
	eval func(f *frame) (reflect.Value, error)
}

var (
	boolType   = reflect.TypeFor[bool]()
	intType    = reflect.TypeFor[int]()
	stringType = reflect.TypeFor[string]()
)

func constant(v any) expr {
	value := reflect.ValueOf(v)
	return expr{value.Type(), func(*frame) (reflect.Value, error) { return value, nil }}
}

// command compiles a command: an operand, a call of a function or of a method.
func (s scope) command(c *parse.CommandNode) (expr, error) {
	if id, ok := c.Args[0].(*parse.IdentifierNode); ok {
		return s.function(id.Ident, c.Args[1:])
	}
	if len(c.Args) == 1 {
		return s.operand(c.Args[0])
	}
	v, ok := c.Args[0].(*parse.VariableNode)
	if !ok {
		return expr{}, fmt.Errorf("%s: %w", c, errUncompiled)
	}
	return s.variable(v.Ident, c.Args[1:])
}

func (s scope) operand(n parse.Node) (expr, error) {
	dot := expr{s.dot, func(f *frame) (reflect.Value, error) { return f.dot, nil }}
	switch n := n.(type) {
	case *parse.DotNode:
		return dot, nil
	case *parse.FieldNode:
		return s.chain(dot, n.Ident, nil)
	case *parse.VariableNode:
		return s.variable(n.Ident, nil)
	case *parse.StringNode:
		return constant(n.Text), nil
	case *parse.NumberNode:
		if n.IsInt {
			return constant(int(n.Int64)), nil
		}
	case *parse.PipeNode:
		if len(n.Cmds) == 1 && len(n.Decl) == 0 {
			return s.command(n.Cmds[0])
		}
	}
	return expr{}, fmt.Errorf("%s: %w", n, errUncompiled)
}

func (s scope) variable(ident []string, args []parse.Node) (expr, error) {
	for slot := len(s.vars) - 1; slot >= 0; slot-- {
		if s.vars[slot].name == ident[0] {
			v := expr{s.vars[slot].typ, func(f *frame) (reflect.Value, error) { return f.vars[slot], nil }}
			return s.chain(v, ident[1:], args)
		}
	}
	return expr{}, fmt.Errorf("%s: %w", ident[0], errUncompiled)
}

// chain follows fields and methods from a value. Arguments belong to the last.
func (s scope) chain(e expr, names []string, args []parse.Node) (expr, error) {
	var err error
	for i, name := range names {
		own := args
		if i < len(names)-1 {
			own = nil
		}
		if e, err = s.member(e, name, own); err != nil {
			return expr{}, err
		}
	}
	return e, nil
}

func (s scope) member(e expr, name string, args []parse.Node) (expr, error) {
	if e.typ.Kind() == reflect.Pointer {
		e = pointed(e, name)
	}
	if _, ok := reflect.PointerTo(e.typ).MethodByName(name); ok {
		return s.method(e, name, args)
	}
	if e.typ.Kind() != reflect.Struct || len(args) > 0 {
		return expr{}, fmt.Errorf("%s of %s: %w", name, e.typ, errUncompiled)
	}
	field, ok := e.typ.FieldByName(name)
	if !ok {
		return expr{}, fmt.Errorf("%s has no field %s: %w", e.typ, name, errUncompiled)
	}
	inner, index := e.eval, field.Index
	if len(index) == 1 {
		at := index[0]
		return expr{field.Type, func(f *frame) (reflect.Value, error) {
			v, err := inner(f)
			if err != nil {
				return v, err
			}
			return v.Field(at), nil
		}}, nil
	}
	return expr{field.Type, func(f *frame) (reflect.Value, error) {
		v, err := inner(f)
		if err != nil {
			return v, err
		}
		return v.FieldByIndex(index), nil
	}}, nil
}

// pointed is what a pointer points to.
func pointed(e expr, name string) expr {
	inner, typ := e.eval, e.typ
	return expr{typ.Elem(), func(f *frame) (reflect.Value, error) {
		v, err := inner(f)
		if err != nil {
			return v, err
		}
		if v.IsNil() {
			return v, fmt.Errorf("nil pointer evaluating %s.%s", typ, name)
		}
		return v.Elem(), nil
	}}
}

// method compiles the call of a method with one result. Values of pages are
// addressable, since they hang on a pointer to the page.
func (s scope) method(e expr, name string, args []parse.Node) (expr, error) {
	m, _ := reflect.PointerTo(e.typ).MethodByName(name)
	if m.Type.NumOut() != 1 || m.Type.NumIn() != len(args)+1 {
		return expr{}, fmt.Errorf("method %s: %w", name, errUncompiled)
	}
	given, err := s.operands(args)
	if err != nil {
		return expr{}, err
	}
	for i, g := range given {
		if g.typ != m.Type.In(i+1) {
			return expr{}, fmt.Errorf("method %s: %w", name, errUncompiled)
		}
	}
	return expr{m.Type.Out(0), func(f *frame) (reflect.Value, error) {
		v, err := e.eval(f)
		if err != nil {
			return v, err
		}
		in := make([]reflect.Value, 1, 2)
		in[0] = v.Addr()
		for _, g := range given {
			a, err := g.eval(f)
			if err != nil {
				return a, err
			}
			in = append(in, a)
		}
		return m.Func.Call(in)[0], nil
	}}, nil
}

func (s scope) operands(args []parse.Node) ([]expr, error) {
	out := make([]expr, len(args))
	for i, a := range args {
		var err error
		if out[i], err = s.operand(a); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// A builtin is a function that templates may use, for arguments of its types.
type builtin struct {
	in   []reflect.Type
	out  reflect.Type
	call func(c *compiler, v []reflect.Value) any
}

var builtins = map[string]builtin{
	"n": {[]reflect.Type{stringType, intType}, stringType, func(c *compiler, v []reflect.Value) any {
		return c.texts.text(c.lang, v[0].String(), int(v[1].Int()))
	}},
	"f": {[]reflect.Type{stringType, stringType}, stringType, func(c *compiler, v []reflect.Value) any {
		return c.texts.text(c.lang, v[0].String(), v[1].String())
	}},
	"group": {[]reflect.Type{intType}, stringType, func(c *compiler, v []reflect.Value) any { return grouped(c.lang, int(v[0].Int())) }},
	"add":   {[]reflect.Type{intType, intType}, intType, func(_ *compiler, v []reflect.Value) any { return int(v[0].Int() + v[1].Int()) }},
	"gt":    {[]reflect.Type{intType, intType}, boolType, func(_ *compiler, v []reflect.Value) any { return v[0].Int() > v[1].Int() }},
	"eq":    {[]reflect.Type{stringType, stringType}, boolType, func(_ *compiler, v []reflect.Value) any { return v[0].String() == v[1].String() }},
	"ne":    {[]reflect.Type{stringType, stringType}, boolType, func(_ *compiler, v []reflect.Value) any { return v[0].String() != v[1].String() }},
}

// function compiles the call of a function that templates may use.
func (s scope) function(name string, nodes []parse.Node) (expr, error) {
	args, err := s.operands(nodes)
	if err != nil {
		return expr{}, err
	}
	b, known := builtins[name]
	switch {
	case known && slices.EqualFunc(args, b.in, func(a expr, t reflect.Type) bool { return a.typ == t }):
		return made(b.out, args, func(v []reflect.Value) any { return b.call(s.c, v) }), nil
	case name == "len" && len(args) == 1 && args[0].typ.Kind() == reflect.Slice:
		return made(intType, args, func(v []reflect.Value) any { return v[0].Len() }), nil
	case name == "not" && len(args) == 1:
		return made(boolType, args, func(v []reflect.Value) any { return !truth(v[0]) }), nil
	case name == "or" && len(args) > 0:
		return either(args), nil
	}
	return expr{}, fmt.Errorf("function %s: %w", name, errUncompiled)
}

func made(typ reflect.Type, args []expr, result func([]reflect.Value) any) expr {
	return expr{typ, func(f *frame) (reflect.Value, error) {
		var room [3]reflect.Value
		values := room[:0]
		for _, a := range args {
			v, err := a.eval(f)
			if err != nil {
				return v, err
			}
			values = append(values, v)
		}
		return reflect.ValueOf(result(values)), nil
	}}
}

// either is true where one of its operands is. Templates use or in conditions
// alone, where the value itself does not matter; its type, bool, would be
// refused anywhere else.
func either(args []expr) expr {
	return expr{boolType, func(f *frame) (reflect.Value, error) {
		for _, a := range args {
			v, err := a.eval(f)
			if err != nil {
				return v, err
			}
			if truth(v) {
				return reflect.ValueOf(true), nil
			}
		}
		return reflect.ValueOf(false), nil
	}}
}
