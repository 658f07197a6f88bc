package generator

import "runtime/debug"

// release is set by the linker in a release:
// -ldflags "-X vitrine/generator.release=1.2.0".
var release string

// Version names this build: the release, or the commit that it was made from.
func Version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "dev"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "dev-" + s.Value[:12]
		}
	}
	return "dev"
}
