package content

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"vitrine/generator/diag"

	"gopkg.in/yaml.v3"
)

// Unsafe says why a description is not edited by the program, and what a
// person must write instead.
type Unsafe struct {
	At        diag.Pos
	Also      []diag.Pos // further places of the same kind
	Msg, Hint diag.Text
}

// Error returns the place and the English reason.
func (u *Unsafe) Error() string { return u.At.String() + ": " + u.Msg.En }

// splice replaces the bytes of a text between two places.
type splice struct {
	from, to int
	with     string
}

// spliced makes changes that stand from the first to the last, and none in another.
func spliced(text string, changes []splice) string {
	for i := len(changes) - 1; i >= 0; i-- { // from the end, so that places before stay right
		c := changes[i]
		text = text[:c.from] + c.with + text[c.to:]
	}
	return text
}

func (p *Place) at(line, col int) diag.Pos {
	return diag.Pos{File: p.File.Path, Line: p.Piece.Line + line - 1, Col: col}
}

// fresh is the text of a file in which the place still lies where it was found.
func (p *Place) fresh(raw []byte) (string, error) {
	text, _, ok := cleanText(p.File.Path, raw)
	if !ok || p.Piece.Offset+len(p.Piece.Text) > len(text) || text[p.Piece.Offset:][:len(p.Piece.Text)] != p.Piece.Text {
		return "", changedUnderway(p.at(1, 1))
	}
	return text, nil
}

func changedUnderway(at diag.Pos) *Unsafe {
	return &Unsafe{At: at, Msg: diag.T("tệp vừa thay đổi", "the file has just changed"), Hint: diag.T("gọi lại lệnh", "call the command again")}
}

// edited are the bytes of a file after changes to a piece of it. Line ends, a
// byte order mark and all other bytes stay as they were.
func (p *Place) edited(raw []byte, text string, changes []splice) []byte {
	out := append([]byte(nil), raw...)
	for i := len(changes) - 1; i >= 0; i-- {
		c := changes[i]
		disk := cursor{raw: raw, text: text}
		from := disk.offset(p.Piece.Offset + c.from)
		to := disk.offset(p.Piece.Offset + c.to)
		with := c.with
		if bytes.Contains(raw, []byte("\r\n")) {
			with = strings.ReplaceAll(with, "\n", "\r\n")
		}
		out = append(out[:from:from], append([]byte(with), out[to:]...)...)
	}
	return out
}

// quoted is a text as a YAML scalar on one line, in quotation marks.
func quoted(s string) string {
	s = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r\n", `\n`, "\n", `\n`, "\t", `\t`).Replace(s)
	return `"` + s + `"`
}

// offsetOf is the byte of a text at a line and a column, both from 1; columns
// count characters.
func offsetOf(text string, line, col int) int {
	at := 0
	for ; line > 1; line-- {
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			return len(text)
		}
		at += next + 1
	}
	for ; col > 1 && at < len(text); col-- {
		_, n := utf8.DecodeRuneInString(text[at:])
		at += n
	}
	return at
}

func keyed(text string) (out map[string]any, err error) {
	var doc yaml.Node
	if err = unmarshal(text, &doc); err == nil {
		err = doc.Decode(&out)
	}
	return out, err
}

// replace puts new bytes in place of those of a file, at once, unless the file
// has changed since it was read.
func (t *Tree) replace(file string, was, now []byte) error {
	info, err := t.root.Lstat(file)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "write", Path: file, Err: errors.New("not a regular file")}
	}
	aside := path.Join(path.Dir(file), "."+path.Base(file)+".vitrine-new") // hidden, so nobody reads it
	defer func() { _ = t.root.Remove(aside) }()                            // where it was not renamed
	if err := t.writeWhole(aside, now, info.Mode().Perm()); err != nil {
		return err
	}
	if again, err := t.readFile(file, maxText); err != nil || !bytes.Equal(again, was) {
		return errors.Join(err, changedUnderway(diag.Pos{File: file}))
	}
	return t.root.Rename(aside, file)
}

// AddMedia writes a file into the media folder of a fonds, all of it or
// nothing. One that is there already with the same bytes stays; one with others
// is never overwritten and gives fs.ErrExist.
func (t *Tree) AddMedia(fonds, name string, b []byte) error {
	file := MediaPath(fonds, name)
	if err := t.root.MkdirAll(path.Dir(file), 0o755); err != nil {
		return err
	}
	_, err := t.root.Lstat(file)
	if err == nil {
		old, err := t.readFile(file, int64(len(b)))
		if err != nil || !bytes.Equal(old, b) {
			return &fs.PathError{Op: "write", Path: file, Err: fs.ErrExist}
		}
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	aside := path.Join(path.Dir(file), "."+name+".vitrine-new") // hidden, so nobody reads it
	defer func() { _ = t.root.Remove(aside) }()                 // where it was not renamed
	if err := t.writeWhole(aside, b, 0o644); err != nil {
		return err
	}
	return t.root.Rename(aside, file)
}

// writeWhole writes a file and waits until the disk has it.
func (t *Tree) writeWhole(file string, b []byte, mode fs.FileMode) error {
	f, err := t.root.OpenFile(file, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}
