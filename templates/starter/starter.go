// Package starter embeds the archive that «vitrine new site» begins with and
// the descriptions that the other kinds of «vitrine new» begin with.
package starter

import "embed"

// FS holds site/, which is copied as it lies there, and new/, whose files are
// text templates with the values .ID, .Fonds, .Title and .Repository.
//
//go:embed all:site new
var FS embed.FS
