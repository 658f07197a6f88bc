package edition

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"strconv"
	"strings"
	"unicode"

	"vitrine/generator/diag"
	"vitrine/generator/internal/ledger"

	"golang.org/x/text/unicode/norm"
)

// Fault is a line of a ledger that is not as a release writes it.
type Fault struct{ diag.Diagnostic }

// Error says where it is, in English.
func (f *Fault) Error() string { return f.Pos.String() + ": " + f.Msg.En }

// Address is an address that was released.
type Address struct {
	Path   string // from the site root
	ID     string // of what it is about; see the package comment
	Number int    // of the edition in which it first was
	Line   int    // where it stands in the ledger
}

// State is a state of a record.
type State struct {
	ID     string
	Print  Print
	Number int // of the edition in which it came
}

// Print is a fingerprint; zero for a record that left the site.
type Print uint64

// String is 16 hex digits, or "-" for the zero Print.
func (p Print) String() string {
	if p == 0 {
		return "-"
	}
	return fmt.Sprintf("%016x", uint64(p))
}

// Grouped is the print in four groups of four digits, for people.
func (p Print) Grouped() string {
	s := p.String()
	if len(s) != 16 {
		return s
	}
	return s[:4] + "\u00a0" + s[4:8] + "\u00a0" + s[8:12] + "\u00a0" + s[12:]
}

// maxLine is the longest line of a ledger, in bytes.
const maxLine = 8 << 10

// lines reads the lines of a file that are no comments, split at tabs, each
// with its number. A file that is not there has none.
func lines(fsys fs.FS, file string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		f, err := fsys.Open(file)
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if err != nil {
			yield(nil, &Fault{unreadable(file, err)})
			return
		}
		defer f.Close()
		in := bufio.NewScanner(f)
		in.Buffer(make([]byte, 0, maxLine), maxLine)
		for n := 1; in.Scan(); n++ {
			line := strings.TrimSuffix(in.Text(), "\r")
			if line == "" || line[0] == '#' {
				continue
			}
			if !yield(append(strings.Split(line, "\t"), strconv.Itoa(n)), nil) {
				return
			}
		}
		if err := in.Err(); err != nil {
			yield(nil, &Fault{unreadable(file, err)})
		}
	}
}

// fault says that a line of a ledger is at fault.
func (s *Shelf) fault(file, line string) error {
	n, _ := strconv.Atoi(line)
	last, _ := s.Last()
	return &Fault{malformed(diag.Pos{File: file, Line: n, Col: 1}, because("dòng này sai chỗ hoặc không đúng dạng", "this line is out of order or of another form"), after(last))}
}

// Addresses are those of the ledger, in the order of ledger.Compare. They end
// after the first error, a [*Fault].
func (s *Shelf) Addresses() iter.Seq2[Address, error] {
	file := path.Join(Dir, AddressesName)
	return func(yield func(Address, error) bool) {
		last := ""
		for cells, err := range sealedLines(s.fsys, file, s.sealed.Addresses, s.sealed) {
			var a Address
			if err == nil {
				a, err = s.address(file, cells, last)
			}
			if !yield(a, err) || err != nil {
				return
			}
			last = a.Path
		}
	}
}

func (s *Shelf) address(file string, cells []string, last string) (Address, error) {
	if len(cells) != 4 {
		return Address{}, s.fault(file, cells[len(cells)-1])
	}
	a := Address{Path: cells[0], ID: cells[1]}
	var err, nerr error
	a.Number, err = strconv.Atoi(cells[2])
	a.Line, nerr = strconv.Atoi(cells[3])
	if err != nil || nerr != nil || a.Number < 1 || a.Number > len(s.Editions) || !fs.ValidPath(a.Path) || last != "" && ledger.Compare(last, a.Path) >= 0 {
		return Address{}, s.fault(file, cells[3])
	}
	return a, nil
}

// States are those of the ledger, by id and then by number. They end after
// the first error, a [*Fault].
func (s *Shelf) States() iter.Seq2[State, error] {
	file := path.Join(Dir, StatesName)
	return s.states(file, sealedLines(s.fsys, file, s.sealed.States, s.sealed))
}

// StatesOf are the states of another file of the content folder, which no
// edition has sealed yet.
func (s *Shelf) StatesOf(file string) iter.Seq2[State, error] {
	return s.states(file, lines(s.fsys, file))
}

func (s *Shelf) states(file string, in iter.Seq2[[]string, error]) iter.Seq2[State, error] {
	return func(yield func(State, error) bool) {
		var last State
		for cells, err := range in {
			var st State
			if err == nil {
				st, err = s.state(file, cells, last)
			}
			if !yield(st, err) || err != nil {
				return
			}
			last = st
		}
	}
}

func (s *Shelf) state(file string, cells []string, last State) (State, error) {
	if len(cells) != 4 {
		return State{}, s.fault(file, cells[len(cells)-1])
	}
	st := State{ID: cells[0]}
	number, err := strconv.Atoi(cells[2])
	st.Number = number
	var print uint64
	var perr error
	if cells[1] != "-" {
		print, perr = strconv.ParseUint(cells[1], 16, 64)
	}
	st.Print = Print(print)
	after := cmp.Or(strings.Compare(last.ID, st.ID), last.Number-st.Number) < 0
	if err != nil || perr != nil || st.Print.String() != cells[1] || number < 1 || number > len(s.Editions) || st.ID == "" || !after {
		return State{}, s.fault(file, cells[3])
	}
	return st, nil
}

// Redirect is a line of the list that is written by hand.
type Redirect struct {
	From string // an address, from the site root
	To   string // an address, or an id
	At   diag.Pos
}

// Redirects are the redirects that people wrote down, with what is wrong with
// others. An address may be written with a slash before it, and a folder for
// its index.
func (s *Shelf) Redirects() ([]Redirect, []diag.Diagnostic) {
	file := path.Join(Dir, RedirectsName)
	var out []Redirect
	var ds []diag.Diagnostic
	for cells, err := range lines(s.fsys, file) {
		var f *Fault
		if errors.As(err, &f) {
			return out, append(ds, f.Diagnostic)
		}
		n, _ := strconv.Atoi(cells[len(cells)-1])
		r := Redirect{At: diag.Pos{File: file, Line: n, Col: 1}}
		if len(cells) == 3 {
			r.From, r.To = pagePath(cells[0]), pagePath(cells[1])
		}
		if !strings.HasSuffix(r.From, ".html") || !fs.ValidPath(r.From) || strings.ContainsFunc(r.From, unfit) || !fs.ValidPath(r.To) || strings.Contains(r.To, ":") || r.From == r.To {
			ds = append(ds, diag.Errorf("redirect-malformed", r.At, "dòng chuyển hướng phải gồm địa chỉ cũ, một dấu tab, rồi mã hoặc địa chỉ mới trong trang", "a redirect is an old address, a tab, and an id or a new address within the site").
				WithHint("ví dụ: phong-luu-tru/mau-01/mau-0007.html⇥mau-0008", "such as: phong-luu-tru/mau-01/mau-0007.html⇥mau-0008"))
			continue
		}
		out = append(out, r)
	}
	return out, ds
}

// unfit reports whether a character can stand in no name of a file on some system.
func unfit(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune(`<>:"|?*\`, r) }

// pagePath makes an address as people copy it the path of a file, which is in
// form NFC as all paths of a site are.
func pagePath(s string) string {
	s = norm.NFC.String(strings.TrimPrefix(strings.TrimSpace(s), "/"))
	if s == "" || strings.HasSuffix(s, "/") {
		return s + "index.html"
	}
	return s
}

// AppendAddress writes a line of the ledger of addresses.
func AppendAddress(w io.Writer, a Address) error {
	_, err := fmt.Fprintf(w, "%s\t%s\t%d\n", a.Path, a.ID, a.Number)
	return err
}

// AppendState writes a line of the ledger of states.
func AppendState(w io.Writer, s State) error {
	_, err := fmt.Fprintf(w, "%s\t%s\t%d\n", s.ID, s.Print, s.Number)
	return err
}
