package excise

import (
	"bytes"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
)

// strays are the pages of persons, places, events and subjects to which the record led, be it
// by others of them. They are on the site because a record, an exhibition or a page that is
// shown names them, or one of themselves that is: where none of these is left, they go. Its
// methods are called in turn, Anchor by many at once.
type strays struct {
	cut *Cut
	to  map[string][]string // pages to which each leads; nil for one that was not read yet

	guard  sync.Mutex
	stands map[string]bool     // those to which a page leads that stays
	called map[string]bool     // the names of their files
	onward map[string][]string // pages at addresses that were given up, and to which each leads
}

// Strays begins to look for pages that nothing leads to any more, after [Cut.Empty].
func (c *Cut) Strays() *strays {
	s := &strays{cut: c, to: map[string][]string{}, stands: map[string]bool{}, called: map[string]bool{}, onward: map[string][]string{}}
	for name := range c.names {
		if isPage(name) {
			s.to[name] = nil
		}
	}
	return s
}

// Wanted are the pages that have to be read, until there are none.
func (s *strays) Wanted() (out []string) {
	for file, to := range s.to {
		if to == nil {
			out = append(out, file)
		}
	}
	return out
}

// None reports whether the record led to no such page, once all that was wanted is read.
func (s *strays) None() bool { return len(s.to) == 0 }

// Read takes a page that was wanted; no data where there is none.
func (s *strays) Read(file string, data []byte) {
	if !authorityPage.Match(data) {
		delete(s.to, file)
		s.stands[file] = true // it is none of them
		return
	}
	s.to[file], s.called[path.Base(file)] = []string{}, true
	for _, to := range links(file, data) {
		s.to[file] = append(s.to[file], to)
		if _, known := s.to[to]; !known && !s.stands[to] {
			s.to[to] = nil
		}
	}
}

// Anchor notes to which of them a page leads, if it is one that stays by itself.
func (s *strays) Anchor(file string, data []byte) {
	if leadsOn.Match(data) {
		s.guard.Lock()
		s.onward[file] = links(file, data)
		s.guard.Unlock()
	}
	if _, stray := s.to[file]; stray || s.cut.dead(file) || !anchors.Match(data) {
		return
	}
	eachLink(data, func(href []byte) {
		if base := href[bytes.LastIndexByte(href, '/')+1:]; !s.called[string(base)] {
			return // most links of a site are none of these, and not worth resolving
		}
		if to := resolve(file, string(href)); s.to[to] != nil {
			s.guard.Lock()
			s.stands[to] = true
			s.guard.Unlock()
		}
	})
}

// Leave lets go of those that are left. It reports whether there are any.
func (s *strays) Leave() bool {
	for more := true; more; {
		more = false
		for file, to := range s.to {
			for _, t := range to {
				if s.stands[file] && s.to[t] != nil && !s.stands[t] {
					s.stands[t], more = true, true
				}
			}
		}
	}
	left := false
	leave := func(file string) {
		s.cut.gone[file], left = true, true
		s.cut.files = append(s.cut.files, path.Base(file))
	}
	for file := range s.to {
		if !s.stands[file] && !s.cut.dead(file) {
			leave(file)
		}
	}
	for file, to := range s.onward {
		if !s.cut.dead(file) && slices.ContainsFunc(to, func(t string) bool { return s.cut.gone[t] }) {
			leave(file)
		}
	}
	return left
}

var (
	authorityPage = regexp.MustCompile(`<body class="page-authority"`)
	anchors       = regexp.MustCompile(`<body class="page-(record|fonds|exhibition|article|authority)"`)
)

func isPage(file string) bool { return path.Ext(file) == ".html" && filepath.IsLocal(file) }

// links are the pages to which a page leads.
func links(file string, data []byte) (out []string) {
	eachLink(data, func(href []byte) {
		if to := resolve(file, string(href)); isPage(to) {
			out = append(out, to)
		}
	})
	return out
}

// eachLink hands on where the links of a page lead, without the place in the page.
func eachLink(data []byte, each func(href []byte)) {
	const begin = `href="`
	for {
		i := bytes.Index(data, []byte(begin))
		if i < 0 {
			return
		}
		data = data[i+len(begin):]
		each(data[:max(0, bytes.IndexAny(data, `"#?`))])
	}
}
