package generator

import (
	"errors"

	"vitrine/generator/internal/excise"
	"vitrine/generator/internal/render"
)

// BuildWith is Build with templates that were parsed before: a test that
// builds often parses them once.
var BuildWith = buildWith

// OpenSessionWith is OpenSession with templates that were parsed before.
var OpenSessionWith = openSession

// Renderer parses the templates.
func (o Options) Renderer() (*render.Renderer, error) { return o.renderer() }

// Paths are those of every page that a session serves.
func (s *Session) Paths() (out []string) {
	for j := range s.good.b.plan.Jobs() {
		out = append(out, j.Path)
	}
	return out
}

// Revised reports whether the state that is served was made from the one
// before, rather than from a reading of everything.
func (s *Session) Revised() bool { return s.good != nil && s.good.b.scan.builder == nil }

// HoldPicture makes whoever asks for a derivative of the state that is served
// wait for it, and get none, until let is called.
func (s *Session) HoldPicture(name string) (let func()) {
	v := s.good
	p, _ := v.source(excise.Stem(name))
	held, free := make(chan struct{}), make(chan struct{})
	go v.making.Do(p.key(), func() (any, error) {
		close(held)
		<-free
		return nil, errors.New("held")
	})
	<-held
	return func() { close(free) }
}

// ReleaseWith is Release with templates that were parsed before.
var ReleaseWith = releaseWith

// IsUnseen reports whether what stands at a path of a file is not searched for names of
// what is not public.
var IsUnseen = isUnseen

// InNotices are the paths of a withdrawn record that a notice which names it gives.
var InNotices = inNotices

// WithLists are the options with so many resources in a list of ResourceSync.
func (o Options) WithLists(most int) Options {
	o.perList = most
	return o
}
