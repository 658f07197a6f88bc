package recording

import "io"

// edit puts a form in the place of cut bytes, or leaves them out where it has none.
type edit struct {
	at, cut int64
	put     *form
}

// form is what stands in the place of bytes, of whatever length they are: a head,
// a foot, and between them one byte over and over. Edits share it: a film
// has an edit for each picture that bears captions.
type form struct {
	head, foot string
	fill       byte
}

var blanks = &form{}

// maxEdits is how many edits a recording may have: two for each picture of a film of 11 h at 25 a
// second, or of 4 h at 60. So many take 48 MiB.
const maxEdits = 1 << 21

// add takes note of an edit, as long as there are not too many.
func (r *Recording) add(e edit) {
	if r.full = r.full || len(r.edits) >= maxEdits; !r.full && e.cut > 0 {
		r.edits = append(r.edits, e)
	}
}

// drop takes bytes out.
func (r *Recording) drop(at, n int64) { r.add(edit{at: at, cut: n}) }

// replace puts bytes in the place of as many.
func (r *Recording) replace(at int64, put []byte) {
	r.add(edit{at: at, cut: int64(len(put)), put: &form{head: string(put)}})
}

// blank puts zeros in the place of bytes, behind a head.
func (r *Recording) blank(at, n int64, head ...byte) { r.shape(at, n, form{head: string(head)}) }

// shape puts a form in the place of bytes, which are as many as its head at least.
func (r *Recording) shape(at, n int64, f form) {
	if n < int64(len(f.head)+len(f.foot)) {
		f.foot = ""
	}
	put := r.forms[f]
	switch {
	case f == *blanks:
		put = blanks
	case put == nil:
		put = &f
		if r.forms == nil {
			r.forms = map[form]*form{}
		}
		r.forms[f] = put
	}
	r.add(edit{at, n, put})
}

// write writes a form that is n bytes long.
func (f *form) write(w io.Writer, n int64, buf []byte) error {
	if _, err := io.WriteString(w, f.head); err != nil {
		return err
	}
	if err := pass(w, repeated(f.fill), n-int64(len(f.head)+len(f.foot)), buf); err != nil {
		return err
	}
	_, err := io.WriteString(w, f.foot)
	return err
}

// pass copies n bytes.
func pass(w io.Writer, r io.Reader, n int64, buf []byte) error {
	if n == 0 {
		return nil
	}
	got, err := io.CopyBuffer(struct{ io.Writer }{w}, io.LimitReader(r, n), buf)
	if err == nil && got < n {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// repeated gives one byte without end.
type repeated byte

var _ io.Reader = repeated(0)

func (c repeated) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(c)
	}
	return len(p), nil
}
