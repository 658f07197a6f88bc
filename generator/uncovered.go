package generator

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/derive"
)

// masters are the files of which records show a covered copy alone, by their SHA-256 in
// lower hex. None of them may lie in the content, under whatever name and on whatever day:
// any record could show it, and the folder is what an archive hands on.
type masters struct {
	of    map[string]string // hash → id of the record and its file, as they are told
	other bool              // some are neither pictures nor PDF files
}

func (m *masters) note(u *catalog.Summary) {
	for _, sum := range u.Masters {
		if m.of == nil {
			m.of = map[string]string{}
		}
		if m.of[sum] == "" {
			m.of[strings.Clone(sum)] = u.ID + " (" + u.Loc.File + ")"
		}
	}
	m.other = m.other || u.OtherMasters
}

// lookForMasters reports every file of the content that is such a master. Where no record
// has a covered file nothing is read; else each file is, once for as long as it stays as
// it is and there is a cache. Sounds and films are read where one of the masters may be one.
func (b *build) lookForMasters(ctx context.Context) error {
	m := &b.scan.masters
	if len(m.of) == 0 {
		return nil
	}
	cache, err := derive.New(b.cacheDir, 0)
	if err != nil {
		return err
	}
	fsys := b.scan.tree.FS()
	return fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return nil // whoever reads the folder reports that it cannot
		case e.IsDir() && path.Dir(p) == "." && p != "." && strings.HasPrefix(e.Name(), "."):
			return fs.SkipDir // nothing is shown from there; a store of versions is large
		case !e.Type().IsRegular() || !m.other && isRecordingFile(fsys, p):
			return nil
		}
		sum, err := cache.Digest(ctx, fsys, p)
		switch of := m.of[sum]; {
		case err != nil && ctx.Err() != nil:
			return ctx.Err()
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			b.scan.diags.Add(diag.Errorf("file-unreadable", diag.Pos{File: p}, "không đọc được để biết đây có phải bản gốc chưa che không: %v", "cannot be read to see whether it is an uncovered master: %v", err))
		case of != "":
			b.scan.diags.Add(diag.Errorf("master-uncovered", diag.Pos{File: p}, "tệp này là bản gốc chưa che (derived_from_sha256) của bản ghi %s", "this file is the uncovered master (derived_from_sha256) of the record %s", of).
				WithHint("lấy tệp ra khỏi thư mục nội dung, cả khỏi lịch sử phiên bản; chỉ bản đã che được nằm trong đó", "take the file out of the content folder, and out of the version history; only the covered copy may lie there"))
		}
		return nil
	})
}

// isRecordingFile reports whether a file is named as a sound or film is, and begins neither
// as a picture nor as a PDF.
func isRecordingFile(fsys fs.FS, name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".mp3", ".ogg", ".oga", ".wav", ".m4a", ".flac", ".mp4", ".webm", ".ogv", ".mov", ".mkv":
	default:
		return false
	}
	f, err := fsys.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 1024)
	n, _ := io.ReadFull(f, head)
	for _, mark := range []string{"\xff\xd8\xff", "\x89PNG", "II", "MM"} {
		if strings.HasPrefix(string(head[:n]), mark) {
			return false
		}
	}
	return !strings.Contains(string(head[:n]), "%PDF-") && !strings.Contains(string(head[:min(n, 16)]), "WEBP")
}
