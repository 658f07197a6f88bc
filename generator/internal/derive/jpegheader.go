package derive

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
)

// JPEG markers of ITU-T T.81, table B.1.
const (
	markSOF0 = 0xc0
	markSOF1 = 0xc1
	markSOF2 = 0xc2
	markDHT  = 0xc4
	markDQT  = 0xdb
	markJPG  = 0xc8
	markDAC  = 0xcc
	markRST0 = 0xd0
	markRST7 = 0xd7
	markSOI  = 0xd8
	markEOI  = 0xd9
	markSOS  = 0xda
	markDRI  = 0xdd
	markAPP0 = 0xe0
	markAPP1 = 0xe1
	markAPP2 = 0xe2
	markCOM  = 0xfe

	markAPP14 = 0xee
	markAPP15 = 0xef
)

const iccLabel = "ICC_PROFILE\x00"

// maxScans bounds the work of a progressive file; real ones have about ten scans.
const maxScans = 200

// jpegReader walks the segments before the first scan.
type jpegReader struct {
	*bufio.Reader
	h      header
	frame  bool
	chunks map[byte][]byte // pieces of the colour profile by number
	total  byte            // how many pieces there should be

	named, jfif, untransformed bool // what tells RGB from light and colour: names of channels, and what segments say
}

func probeJPEG(s *source) (header, error) {
	j := &jpegReader{Reader: bufio.NewReader(s.all()), chunks: map[byte][]byte{}}
	j.h.Format, j.h.orientation = "jpeg", 1
	_, _ = j.Discard(2)
	for {
		m, body, err := j.next()
		switch {
		case err != nil:
			return j.h, cut("JPEG")
		case m == markEOI || m == markSOS:
			return j.finish(s.size)
		}
		if err := j.segment(m, body); err != nil {
			return j.h, err
		}
	}
}

// next finds the next marker, skipping what lies between as decoders do, and its contents.
func (j *jpegReader) next() (m byte, body []byte, err error) {
	for m == 0 || m == 0xff || (m >= markRST0 && m <= markRST7) {
		if _, err = j.ReadSlice(0xff); err == bufio.ErrBufferFull {
			continue
		}
		if err != nil {
			return 0, nil, err
		}
		for m = 0xff; m == 0xff && err == nil; {
			m, err = j.ReadByte()
		}
		if err != nil {
			return 0, nil, err
		}
	}
	if m == markEOI || m == markSOS {
		return m, nil, nil
	}
	var size [2]byte
	if _, err = io.ReadFull(j, size[:]); err != nil {
		return 0, nil, err
	}
	n := int(binary.BigEndian.Uint16(size[:])) - 2
	if n < 0 {
		return 0, nil, io.ErrUnexpectedEOF
	}
	body = make([]byte, n)
	_, err = io.ReadFull(j, body)
	return m, body, err
}

func (j *jpegReader) segment(m byte, b []byte) error {
	switch {
	case m == markDHT:
	case m == markDAC:
		return unsupported("JPEG mã hoá số học", "arithmetic-coded JPEG")
	case m >= markSOF0 && m <= 0xcf && m != markJPG:
		return j.start(m, b)
	case m == markAPP0 && len(b) >= 5:
		j.jfif = hasPrefix(b, "JFIF\x00")
	case m == markAPP14 && len(b) >= 12 && hasPrefix(b, "Adobe"):
		j.untransformed = b[11] == 0
	case m == markAPP1 && hasPrefix(b, "Exif\x00") && len(b) > 6:
		j.h.orientation = exifOrientation(b[6:])
	case m == markAPP2 && hasPrefix(b, iccLabel) && len(b) > len(iccLabel)+2:
		j.chunks[b[len(iccLabel)]] = b[len(iccLabel)+2:]
		j.total = b[len(iccLabel)+1]
	}
	return nil
}

// start reads the frame header (T.81, B.2.2).
func (j *jpegReader) start(m byte, b []byte) error {
	if m > markSOF2 {
		return unsupported("JPEG không tổn hao, phân cấp hoặc mã hoá số học", "lossless, hierarchical or arithmetic-coded JPEG")
	}
	if len(b) < 6 || len(b) != 6+3*int(b[5]) || j.frame {
		return broken("JPEG", "phần đầu sai", "its header is wrong")
	}
	if b[0] != 8 {
		return unsupported("JPEG quá 8 bit mỗi kênh", "JPEG with more than 8 bits a channel")
	}
	j.frame, j.h.progressive = true, m == markSOF2
	j.h.Height, j.h.Width = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	if j.h.Width == 0 || j.h.Height == 0 {
		return lies("JPEG", "một cạnh bằng 0", "one side is 0")
	}
	return j.channels(b[6:])
}

// channels reads the sampling of each channel and from it what decoding will take.
func (j *jpegReader) channels(b []byte) error {
	n := len(b) / 3
	if n != 1 && n != 3 && n != 4 {
		return unsupported("JPEG có số kênh màu lạ", "JPEG with an unusual number of channels")
	}
	sum, hmax, vmax := 0, 1, 1
	for c := range n {
		h, v := int(b[3*c+1]>>4), int(b[3*c+1]&15)
		sum, hmax, vmax = sum+h*v, max(hmax, h), max(vmax, v)
	}
	if n == 1 {
		sum, hmax, vmax = 1, 1, 1
	}
	j.h.gray, j.h.cmyk = n == 1, n == 4
	j.named = n == 3 && b[0] == 'R' && b[3] == 'G' && b[6] == 'B'
	pixels := roundUp(j.h.Width, 8*hmax) * roundUp(j.h.Height, 8*vmax)
	samples := pixels * int64(sum) / int64(hmax*vmax)
	j.h.need = samples
	if j.h.progressive {
		j.h.need += 4 * samples // coefficients wait for the last scan
	}
	if n == 4 {
		j.h.need += 9 * pixels // black plane, CMYK or RGBA picture, our planes
	} else if n == 3 {
		j.h.need += 4 * pixels // where the channels are RGB
	}
	return nil
}

func (j *jpegReader) finish(size int64) (header, error) {
	if !j.frame {
		return j.h, broken("JPEG", "không có dữ liệu ảnh", "it holds no image")
	}
	j.h.rgb = !j.h.gray && !j.h.cmyk && !j.jfif && (j.untransformed || j.named)
	// One code of one bit is the least a block of 64 samples can take in one scan.
	if blocks := int64(j.h.Width) * int64(j.h.Height) / 64; blocks/8 > size {
		return j.h, tooFewBytes("JPEG", j.h.Width, j.h.Height)
	}
	var profile []byte
	for i := byte(1); i <= j.total && i != 0; i++ {
		if j.chunks[i] == nil {
			return j.h, nil // an incomplete profile is none
		}
		profile = append(profile, j.chunks[i]...)
	}
	j.h.profile = profile
	return j.h, nil
}

// checkScans refuses a progressive file whose many tiny scans would keep a decoder busy for
// minutes. In coded data 0xff is always followed by 0 or a restart marker.
func checkScans(s *source) error {
	r, buf, scans := s.all(), make([]byte, 64<<10), 0
	last := false
	for {
		n, err := r.Read(buf)
		if n > 0 {
			if last && buf[0] == markSOS {
				scans++
			}
			scans += bytes.Count(buf[:n], []byte{0xff, markSOS})
			last = buf[n-1] == 0xff
		}
		if scans > maxScans {
			return broken("JPEG", "quá nhiều lượt quét", "it has too many scans")
		}
		if err != nil {
			return nil
		}
	}
}

func roundUp(n, unit int) int64 { return int64((n + unit - 1) / unit * unit) }
