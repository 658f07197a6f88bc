package generator

import (
	"errors"
	"fmt"
	"io"
	"os"

	"vitrine/generator/diag"
	"vitrine/generator/internal/manifest"
	"vitrine/generator/internal/publish"

	"aead.dev/minisign"
)

// Key is a secret key of minisign, by which manifests are signed.
type Key struct{ key minisign.PrivateKey }

// maxKey is the largest file of a key that is read, in bytes.
const maxKey = 4 << 10

// OpenKey reads the file of a secret key, as «minisign -G» makes it. password
// is asked where the key is encrypted.
func OpenKey(file string, password func() (string, error)) (*Key, error) {
	raw, err := readLimited(file, maxKey)
	if err != nil {
		return nil, &UserError{Msg: diag.T("không đọc được khoá %s", "cannot read the key %s", file), Err: err}
	}
	k := &Key{}
	if !minisign.IsEncrypted(raw) {
		if err := k.key.UnmarshalText(raw); err != nil {
			return nil, &UserError{Msg: diag.T("%s không phải khoá bí mật của minisign", "%s is no secret key of minisign", file), Err: err,
				Hint: diag.T("tạo khoá bằng «minisign -G»; tệp đuôi .key, không phải .pub", "make one with «minisign -G»; it is the file that ends in .key, not .pub")}
		}
		return k, nil
	}
	secret, err := password()
	if err != nil {
		return nil, err
	}
	if k.key, err = minisign.DecryptKey(secret, raw); err != nil {
		return nil, &UserError{Msg: diag.T("mật khẩu của khoá %s không đúng, hoặc tệp bị hỏng", "the password of the key %s is wrong, or the file is damaged", file)}
	}
	return k, nil
}

// readLimited reads a small regular file.
func readLimited(file string, limit int64) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(raw)) > limit {
		err = errors.New("the file is too large")
	}
	return raw, err
}

// signs reports whether the release makes a signature.
func (r *releasing) signs() bool { return r != nil && r.o.Key != nil }

// sign stages the signature of the manifest. Its comment names the edition; it
// bears no time, so that the same site has the same signature.
func (r *releasing) sign(stage *publish.Stage) error {
	if !r.signs() {
		return nil
	}
	f, err := stage.Open(manifest.Name)
	if err != nil {
		return userError(err)
	}
	defer f.Close()
	in := minisign.NewReader(f)
	if _, err := io.Copy(io.Discard, in); err != nil {
		return err
	}
	comment := fmt.Sprintf("%s edition:%d date:%s", manifest.Name, r.result.Number, r.result.Name)
	r.now.Signed, r.result.Signed = true, true
	return stage.Write(manifest.SignatureName, in.SignWithComments(r.o.Key.key, comment, "signature from a minisign secret key"))
}
