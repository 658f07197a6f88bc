package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"text/template/parse"
)

// html/template finds every field, method and escaper by reflection each time
// it meets them, which costs about a microsecond per action: at 100,000 pages
// that is most of the time of a build. But a page has a struct of known type.
// So the trees that html/template has parsed and made safe are compiled here,
// once, for these types. What this compiler does not know it refuses, and
// html/template executes that kind of page; a test holds both to the same
// bytes.

// errUncompiled says that a template needs html/template itself.
var errUncompiled = errors.New("not compiled")

// A frame is what a template sees while it is executed. A page has one, which
// is lent to the templates that it calls.
type frame struct {
	out  *bytes.Buffer
	dot  reflect.Value
	vars []reflect.Value
	room []reflect.Value // for the variables of all templates that are running
}

// A step writes a part of a page.
type step func(f *frame) error

// A program is a template compiled for one type of value. Its steps are filled
// in after it is registered, so that a template can call itself.
type program struct {
	steps []step
	vars  int // how many variables it holds at most
}

func (p *program) run(out *bytes.Buffer, dot reflect.Value) error {
	return p.within(&frame{out: out, room: make([]reflect.Value, 0, 64)}, dot)
}

// within executes a program in the frame of its caller.
func (p *program) within(f *frame, dot reflect.Value) error {
	callerDot, callerVars, used := f.dot, f.vars, len(f.room)
	f.room = slices.Grow(f.room, p.vars)[:used+p.vars]
	f.dot, f.vars = dot, f.room[used:]
	f.vars[0] = dot
	err := runAll(p.steps, f)
	f.dot, f.vars, f.room = callerDot, callerVars, f.room[:used]
	return err
}

func runAll(steps []step, f *frame) error {
	for _, s := range steps {
		if err := s(f); err != nil {
			return err
		}
	}
	return nil
}

type programKey struct {
	name string
	typ  reflect.Type
}

// A compiler turns the templates of one set into programs.
type compiler struct {
	set   *template.Template
	lang  string
	texts catalogue
	done  map[programKey]*program
}

// compileAll compiles the templates of all kinds of pages of a set, which must
// have been made safe by html/template. A kind that cannot be compiled is left
// out.
func compileAll(set *template.Template, lang string, texts catalogue) map[string]*program {
	out := map[string]*program{}
	for typ, kind := range kinds {
		c := &compiler{set, lang, texts, map[programKey]*program{}}
		if p, err := c.program(pageFile(kind), typ); err == nil {
			out[kind] = p
		}
	}
	return out
}

// variable is a name that stands for a value of a known type.
type variable struct {
	name string
	typ  reflect.Type
}

// scope is what is known where a node stands. Inner scopes are copies.
type scope struct {
	c    *compiler
	p    *program
	dot  reflect.Type
	vars []variable
}

// program compiles a template for values of a type.
func (c *compiler) program(name string, typ reflect.Type) (*program, error) {
	key := programKey{name, typ}
	if p, ok := c.done[key]; ok {
		return p, nil
	}
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil {
		return nil, fmt.Errorf("template %s: %w", name, errUncompiled)
	}
	p := &program{vars: 1}
	c.done[key] = p
	s := scope{c: c, p: p, dot: typ, vars: []variable{{"$", typ}}}
	var err error
	if p.steps, err = s.list(t.Tree.Root); err != nil {
		return nil, err
	}
	return p, nil
}

func (s *scope) declare(name string, typ reflect.Type) int {
	s.vars = append(s.vars[:len(s.vars):len(s.vars)], variable{name, typ})
	s.p.vars = max(s.p.vars, len(s.vars))
	return len(s.vars) - 1
}

func (s scope) list(l *parse.ListNode) ([]step, error) {
	if l == nil {
		return nil, nil
	}
	var out []step
	for _, n := range l.Nodes {
		st, err := s.node(n)
		if err != nil {
			return nil, err
		}
		if st != nil {
			out = append(out, st)
		}
	}
	return out, nil
}

// node compiles one node. It has a pointer, since a node may declare a
// variable for those that follow.
func (s *scope) node(n parse.Node) (step, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(f *frame) error { f.out.Write(text); return nil }, nil
	case *parse.CommentNode:
		return nil, nil
	case *parse.ActionNode:
		return s.action(n.Pipe)
	case *parse.IfNode:
		return s.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return s.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return s.loop(&n.BranchNode)
	case *parse.TemplateNode:
		return s.call(n)
	}
	return nil, fmt.Errorf("%s: %w", n, errUncompiled)
}

func (s *scope) action(p *parse.PipeNode) (step, error) {
	if len(p.Decl) == 0 {
		return s.print(p)
	}
	if len(p.Decl) != 1 || len(p.Cmds) != 1 || p.IsAssign {
		return nil, fmt.Errorf("%s: %w", p, errUncompiled)
	}
	value, err := s.command(p.Cmds[0])
	if err != nil {
		return nil, err
	}
	slot := s.declare(p.Decl[0].Ident[0], value.typ)
	return func(f *frame) (err error) {
		f.vars[slot], err = value.eval(f)
		return err
	}, nil
}

// branch compiles if and with.
func (s scope) branch(n *parse.BranchNode, with bool) (step, error) {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 {
		return nil, fmt.Errorf("%s: %w", n.Pipe, errUncompiled)
	}
	value, err := s.command(n.Pipe.Cmds[0])
	if err != nil {
		return nil, err
	}
	other, err := s.list(n.ElseList)
	if err != nil {
		return nil, err
	}
	inner := s
	if with {
		inner.dot = value.typ
	}
	then, err := inner.list(n.List)
	if err != nil {
		return nil, err
	}
	return func(f *frame) error {
		v, err := value.eval(f)
		if err != nil {
			return err
		}
		if !truth(v) {
			return runAll(other, f)
		}
		if !with {
			return runAll(then, f)
		}
		outer := f.dot
		f.dot = v
		err = runAll(then, f)
		f.dot = outer
		return err
	}, nil
}

// truth is what text/template takes for true.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice:
		return v.Len() > 0
	case reflect.Bool:
		return v.Bool()
	case reflect.Int:
		return v.Int() != 0
	case reflect.Pointer:
		return !v.IsNil()
	}
	return true // a struct
}

// A loop is a compiled range. Slots of variables count from 1, since slot 0 is
// $, which nobody declares; 0 is none.
type loop struct {
	over           expr
	index, element int
	body, other    []step
}

func (s scope) loop(n *parse.BranchNode) (step, error) {
	if len(n.Pipe.Cmds) != 1 || n.Pipe.IsAssign {
		return nil, fmt.Errorf("%s: %w", n.Pipe, errUncompiled)
	}
	var l loop
	var err error
	if l.over, err = s.command(n.Pipe.Cmds[0]); err != nil {
		return nil, err
	}
	if l.over.typ.Kind() != reflect.Slice {
		return nil, fmt.Errorf("range over %s: %w", l.over.typ, errUncompiled)
	}
	if l.other, err = s.list(n.ElseList); err != nil {
		return nil, err
	}
	inner := s
	inner.dot = l.over.typ.Elem()
	decl := n.Pipe.Decl
	if len(decl) == 2 {
		l.index = inner.declare(decl[0].Ident[0], intType)
	}
	if len(decl) > 0 {
		l.element = inner.declare(decl[len(decl)-1].Ident[0], inner.dot)
	}
	l.body, err = inner.list(n.List)
	return l.run, err
}

func (l loop) run(f *frame) error {
	v, err := l.over.eval(f)
	if err != nil {
		return err
	}
	if v.Len() == 0 {
		return runAll(l.other, f)
	}
	outer := f.dot
	for i := range v.Len() {
		f.dot = v.Index(i)
		if l.index > 0 {
			f.vars[l.index] = reflect.ValueOf(i)
		}
		if l.element > 0 {
			f.vars[l.element] = f.dot
		}
		if err := runAll(l.body, f); err != nil {
			return err
		}
	}
	f.dot = outer
	return nil
}

func (s scope) call(n *parse.TemplateNode) (step, error) {
	if n.Pipe == nil || len(n.Pipe.Cmds) != 1 || len(n.Pipe.Decl) > 0 {
		return nil, fmt.Errorf("%s: %w", n, errUncompiled)
	}
	value, err := s.command(n.Pipe.Cmds[0])
	if err != nil {
		return nil, err
	}
	p, err := s.c.program(n.Name, value.typ)
	if err != nil {
		return nil, err
	}
	return func(f *frame) error {
		v, err := value.eval(f)
		if err != nil {
			return err
		}
		return p.within(f, v)
	}, nil
}
