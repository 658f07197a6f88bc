// Package audit compares a published site with its manifest: a folder, or what
// a web server answers. It believes nothing of the site but the manifest, and of
// that only what its signature says.
package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/manifest"

	"aead.dev/minisign"
)

// Kind is what is wrong with a file.
type Kind string

// The kinds of finding.
const (
	Missing   Kind = "missing"
	Changed   Kind = "changed"
	Foreign   Kind = "foreign"   // not in the manifest; seen in a folder only
	Unchecked Kind = "unchecked" // it could not be read, or not as it was published
	Signature Kind = "signature" // the signature is missing, or not of the key
)

// Finding is one file that is not as the manifest says.
type Finding struct {
	Kind Kind
	Path string
	Note diag.Text // why, where that is not plain; may be empty
}

// Result is what an audit found.
type Result struct {
	Files    int       // listed in the manifest
	Checked  int       // of these: with the bytes that it names
	Read     int64     // bytes
	Signed   bool      // the signature is of the key that was given
	Comment  string    // of the signature, which it covers
	Findings []Finding // by path; at most maxShown of a kind
	Counts   map[Kind]int
	Notes    []diag.Text // what was not, or could not be, checked

	mu sync.Mutex
}

// maxShown is how many findings of a kind are kept; the others are counted.
const maxShown = 1000

func (r *Result) add(k Kind, path string, note diag.Text) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Counts[k]++; r.Counts[k] <= maxShown {
		r.Findings = append(r.Findings, Finding{k, path, note})
	}
}

func (r *Result) note(vi, en string, args ...any) { r.Notes = append(r.Notes, diag.T(vi, en, args...)) }

// good counts a file that is as it was published, bytes what was read of any.
func (r *Result) good() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Checked++
}

func (r *Result) bytes(n int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Read += n
}

// Whole reports whether everything was checked and is as it was published.
func (r *Result) Whole() bool { return len(r.Findings) == 0 }

// Differs reports whether anything is not as it was published.
func (r *Result) Differs() bool {
	return len(r.Counts) > 1 || len(r.Counts) == 1 && r.Counts[Unchecked] == 0
}

func newResult() *Result { return &Result{Counts: map[Kind]int{}} }

// finish puts the findings into the order of their paths.
func (r *Result) finish() *Result {
	if r.Files == 0 {
		r.add(Unchecked, manifest.Name, diag.T("danh sách không có tệp nào: không có gì để so", "it lists no file: there is nothing to compare"))
	}
	slices.SortFunc(r.Findings, func(a, b Finding) int { return cmp.Or(ledger.Compare(a.Path, b.Path), cmp.Compare(a.Kind, b.Kind)) })
	return r
}

// ErrNoManifest says that there is no manifest to compare with.
var ErrNoManifest = errors.New("no manifest")

// Limits on what a manifest and a signature may be, in bytes.
const (
	maxManifest  = 1 << 30
	maxSignature = 16 << 10
)

// listed yields the files of a manifest, which are in order; anything else is
// an error, for such a manifest was not written by a release.
func listed(r io.Reader) func(yield func(manifest.Sum, error) bool) {
	return func(yield func(manifest.Sum, error) bool) {
		last := ""
		for s, err := range manifest.Read(r) {
			switch {
			case err != nil:
			case !fs.ValidPath(s.Path) || s.Path == ".":
				err = fmt.Errorf("%q is no path of a file", s.Path)
			case last != "" && ledger.Compare(last, s.Path) >= 0:
				err = fmt.Errorf("%q is out of order", s.Path)
			}
			if !yield(s, err) || err != nil {
				return
			}
			last = s.Path
		}
	}
}

// checkSignature judges the signature of a manifest, nil where there is none.
func (r *Result) checkSignature(read io.Reader, signature []byte, key *minisign.PublicKey) error {
	in := minisign.NewReader(read)
	if _, err := io.Copy(io.Discard, in); err != nil {
		return err
	}
	switch {
	case key == nil && signature != nil:
		r.note("có chữ ký nhưng chưa kiểm: thiếu --key", "there is a signature, and it was not checked: no --key was given")
	case key == nil:
		r.note("danh sách tệp không có chữ ký: ai sửa được trang cũng sửa được danh sách", "the manifest is not signed: who can change the site can change it too")
	case signature == nil:
		r.add(Signature, manifest.SignatureName, diag.T("không có chữ ký", "there is no signature"))
	case !in.Verify(*key, signature):
		r.add(Signature, manifest.SignatureName, diag.T("chữ ký không phải của khoá này, hoặc danh sách tệp đã bị sửa", "the signature is not of this key, or the manifest was changed"))
	default:
		var s minisign.Signature
		if err := s.UnmarshalText(signature); err != nil {
			return err
		}
		r.Signed, r.Comment = true, s.TrustedComment
	}
	return nil
}

// ParseKey reads a public key, as «minisign -G» writes it.
func ParseKey(text []byte) (*minisign.PublicKey, error) {
	k := &minisign.PublicKey{}
	return k, k.UnmarshalText(text)
}

// copyTo keeps a manifest in a file of its own, so that it can be read twice
// and is not held in memory.
func copyTo(from io.Reader) (*os.File, error) {
	f, err := os.CreateTemp("", "vitrine-manifest-")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // it lives as long as it is open; where that cannot be, dispose removes it
	n, err := io.Copy(f, io.LimitReader(from, maxManifest+1))
	if err == nil && n > maxManifest {
		err = errors.New("the manifest is too large")
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		dispose(f)
		return nil, err
	}
	return f, nil
}

func dispose(f *os.File) {
	_ = f.Close()
	_ = os.Remove(f.Name())
}

// canceled is the reason why ctx ended, if it did.
func canceled(ctx context.Context) error { return context.Cause(ctx) }
