package derive

import (
	"fmt"
	"io/fs"
	"syscall"
	"time"
)

// identity names the version of a file that info describes, and says when it last changed;
// ok is false where nothing about a file would show that it was replaced.
func identity(_ fs.File, info fs.FileInfo) (id string, changed time.Time, ok bool) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", time.Time{}, false
	}
	m, ch := st.Mtim.Nano(), st.Ctim.Nano()
	return fmt.Sprintf("%d %d %d %d %d", st.Dev, st.Ino, st.Size, m, ch), time.Unix(0, max(m, ch)), true
}
