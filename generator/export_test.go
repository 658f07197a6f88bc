package generator

import "vitrine/generator/internal/render"

// BuildWith is Build with templates that were parsed before: a test that
// builds often parses them once.
var BuildWith = buildWith

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
