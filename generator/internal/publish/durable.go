package publish

import (
	"bufio"
	"fmt"
)

// durable is a small file of the state folder that appears under its name
// whole or not at all. It is written in work/ and moved by commit.
type durable struct {
	fs  FS
	f   File
	buf *bufio.Writer
	tmp string
	n   int64 // bytes handed over
}

func newDurable(fsys FS, tmp string) (*durable, error) {
	var f File
	err := withDir(fsys, tmp, func() (err error) { f, err = fsys.Create(tmp); return err })
	if err != nil {
		return nil, errIO("tạo", "create", tmp, err)
	}
	return &durable{fs: fsys, f: f, buf: bufio.NewWriterSize(f, 64<<10), tmp: tmp}, nil
}

// Write takes bytes into the buffer.
func (d *durable) Write(b []byte) (int, error) {
	d.n += int64(len(b))
	return d.buf.Write(b)
}

// seal writes out the rest, checks the length, syncs and closes: in this order,
// as Windows renames no open file.
func (d *durable) seal() error {
	if d.f == nil {
		return nil
	}
	err := d.buf.Flush()
	if err == nil {
		err = d.checkLength()
	}
	if err == nil {
		err = d.f.Sync()
	}
	if cerr := d.close(); err == nil {
		err = cerr
	}
	if err != nil {
		return errIO("ghi", "write", d.tmp, err)
	}
	return nil
}

func (d *durable) checkLength() error {
	info, err := d.f.Stat()
	if err == nil && info.Size() != d.n {
		err = fmt.Errorf("%d of %d bytes arrived", info.Size(), d.n)
	}
	return err
}

// close closes the file if that has not been done.
func (d *durable) close() error {
	if d.f == nil {
		return nil
	}
	f := d.f
	d.f = nil
	return f.Close()
}

// commit seals the file and gives it its name.
func (d *durable) commit(name string) error {
	if err := d.seal(); err != nil {
		return err
	}
	if err := d.fs.Rename(d.tmp, name); err != nil {
		return errIO("ghi", "write", name, err)
	}
	return nil
}
