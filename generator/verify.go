package generator

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/audit"

	"aead.dev/minisign"
)

// ErrDiffers says that a site is not as it was published.
var ErrDiffers = errors.New("the site is not as it was published")

// VerifyOptions say what is verified.
type VerifyOptions struct {
	Where    string // a folder, or an address that begins with http:// or https://
	Key      string // file of a public key of minisign; empty where the signature is not to be checked
	Progress Progress
}

// Verified is what a verification found.
type Verified struct {
	*audit.Result
	Remote bool
}

// Verify compares a published site with its manifest, and the manifest with its
// signature. The error is ErrDiffers where anything is missing, changed, foreign
// or wrongly signed, and a [*UserError] where nothing differs but something
// could not be read. What was found stands in the result, also beside an error.
func Verify(ctx context.Context, o VerifyOptions) (*Verified, error) {
	progress := Options{Progress: o.Progress}.progress()
	defer progress.Done()
	key, err := publicKey(o.Key)
	if err != nil {
		return nil, err
	}
	progress.Phase(diag.Text{Vi: "Đối chiếu", En: "Comparing"}, 0)
	base, remote, err := address(o.Where)
	if err != nil {
		return nil, err
	}
	var r *audit.Result
	if remote {
		r, err = audit.Server(ctx, base, key, progress.Add)
	} else {
		r, err = audit.Folder(ctx, o.Where, key, progress.Add)
	}
	if err != nil {
		return nil, cannotVerify(ctx, o.Where, err)
	}
	v := &Verified{r, remote}
	switch {
	case r.Differs():
		return v, ErrDiffers
	case !r.Whole():
		return v, &UserError{Msg: diag.T("%d tệp không kiểm được", "%s could not be checked", diag.Count(r.Counts[audit.Unchecked], "file")), Hint: diag.T("thử lại sau", "try again later")}
	}
	return v, nil
}

// address tells a web address from a folder.
func address(where string) (base *url.URL, remote bool, err error) {
	scheme, _, ok := strings.Cut(where, "://")
	if !ok {
		return nil, false, nil
	}
	u, err := url.Parse(where)
	if err != nil || scheme != "http" && scheme != "https" || u.Host == "" || u.User != nil {
		return nil, false, &UserError{Usage: true, Msg: diag.T("%q không phải địa chỉ http hay https", "%q is no http or https address", where)}
	}
	return u, true, nil
}

func publicKey(file string) (*minisign.PublicKey, error) {
	if file == "" {
		return nil, nil
	}
	text, err := readLimited(file, maxKey)
	if err != nil {
		return nil, &UserError{Msg: diag.T("không đọc được khoá %s", "cannot read the key %s", file), Err: err}
	}
	key, err := audit.ParseKey(text)
	if err != nil {
		return nil, &UserError{Msg: diag.T("%s không phải khoá công khai của minisign", "%s is no public key of minisign", file), Err: err,
			Hint: diag.T("đó là tệp đuôi .pub mà «minisign -G» đã tạo", "it is the file ending in .pub that «minisign -G» made")}
	}
	return key, nil
}

func cannotVerify(ctx context.Context, where string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, audit.ErrNoManifest) {
		return &UserError{Msg: diag.T("ở %s không có manifest-sha256.txt", "there is no manifest-sha256.txt at %s", where),
			Hint: diag.T("chỉ vào thư mục hay địa chỉ gốc của trang, nơi có trang chủ", "name the folder or address at the root of the site, where its home page is")}
	}
	return &UserError{Msg: diag.T("không kiểm được %s", "cannot verify %s", where), Err: err}
}

// findingWords word the kinds of finding.
var findingWords = map[audit.Kind]diag.Text{
	audit.Missing: diag.T("thiếu", "missing"), audit.Changed: diag.T("đã đổi", "changed"), audit.Foreign: diag.T("lạ", "foreign"),
	audit.Unchecked: diag.T("chưa kiểm được", "not checked"), audit.Signature: diag.T("chữ ký", "signature"),
}

// findingKinds is their order in a summary.
var findingKinds = []audit.Kind{audit.Missing, audit.Changed, audit.Foreign, audit.Signature, audit.Unchecked}

// Each hands every finding on: its kind as a key, in words, and where it is.
func (v *Verified) Each(do func(kind string, words diag.Text, path string, note diag.Text)) {
	for _, f := range v.Findings {
		do(string(f.Kind), findingWords[f.Kind], f.Path, f.Note)
	}
}

// Lines is the summary for people.
func (v *Verified) Lines(lang string) []string {
	var out []string
	for _, n := range v.Notes {
		out = append(out, n.In(lang))
	}
	if v.Signed {
		out = append(out, diag.T("chữ ký đúng: %s", "the signature is good: %s", v.Comment).In(lang))
	}
	var parts []string
	for _, k := range findingKinds {
		if n := v.Counts[k]; n > 0 {
			parts = append(parts, diag.T("%d %s", "%d %s", n, findingWords[k].In(lang)).In(lang))
		}
	}
	if len(parts) == 0 {
		parts = []string{diag.T("tất cả đều đúng", "all as published").In(lang)}
	}
	head := diag.T("Đã đối chiếu %d trong %d tệp, đọc %s", "Compared %d of %s, read %s", v.Checked+v.Counts[audit.Changed], diag.Count(v.Files, "file"), size(v.Read)).In(lang)
	return append(out, head+": "+strings.Join(parts, ", "))
}

// Counted is how many findings there are of each kind, those included that are
// not shown.
func (v *Verified) Counted() map[string]int {
	out := map[string]int{}
	for k, n := range v.Counts {
		out[string(k)] = n
	}
	return out
}

// size words a number of bytes.
func size(n int64) string {
	switch {
	case n < 1<<10:
		return strconv.FormatInt(n, 10) + " B"
	case n < 1<<20:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
}
