package generator

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator/internal/hosting"
	"vitrine/generator/internal/publish"
	"vitrine/generator/page"
)

// serverDir is the folder of the state that holds the files for web servers.
const serverDir = "server"

// hosted is what the files for web servers are made from.
func hosted(base string, gone []string, lostStyle string) hosting.Site {
	s := hosting.Site{Prefix: "/", Gone: gone, Policy: page.HeaderPolicy(lostStyle)}
	if base != "" {
		s.Base = strings.TrimSuffix(base, "/") + "/"
		if u, err := url.Parse(s.Base); err == nil && u.Path != "" {
			s.Prefix = u.Path
		}
	}
	return s
}

// hosted is what the files for web servers are made from in this build.
func (b *build) hosted() hosting.Site {
	var gone []string
	for _, lang := range b.scan.tree.Languages() {
		gone = slices.AppendSeq(gone, b.plan.Gone(lang))
	}
	for _, a := range b.plan.Ceased() {
		gone = append(gone, a.Path)
	}
	return hosted(b.scan.config.Site.BaseURL.V, gone, b.renderer.LostStyle())
}

// stageServer puts into the site what a web server reads there, where
// site.yaml asks for it.
func (b *build) stageServer(stage *publish.Stage) error {
	site := b.hosted()
	for _, kind := range b.scan.config.Site.Server {
		for _, f := range site.Inside(kind.V) {
			if err := stage.Write(f.Name, []byte(f.Data)); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeServer writes the files for web servers beside the site and returns
// their folder.
func writeServer(stateDir string, s hosting.Site) (string, error) {
	dir := filepath.Join(stateDir, serverDir)
	for _, f := range s.Files() {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return "", err
		}
		if was, err := os.ReadFile(name); err == nil && string(was) == f.Data {
			continue // a server may be reading it
		}
		if err := first(os.WriteFile(name+".new", []byte(f.Data), 0o644), os.Rename(name+".new", name)); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// serverWritten reports whether the files for web servers lie beside the site.
func serverWritten(stateDir string) bool {
	_, err := os.Stat(filepath.Join(stateDir, serverDir, "nginx.conf"))
	return err == nil
}
