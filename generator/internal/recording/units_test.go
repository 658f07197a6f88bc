package recording

import (
	"bytes"
	"testing"
)

// Of the messages between pictures those stay that tell a decoder or a screen what to do, and nothing else.
func TestMessagesBetweenPictures(t *testing.T) {
	light := "\x90\x04\x03\xe8\x01\x90" // content light level
	for _, c := range []struct {
		what  string
		codec *nalCodec
		unit  string
		stays bool
	}{
		{"the light of H.264", h264, "\x06" + light + "\x80", true},
		{"the light of H.265", h265, "\x4e\x01" + light + "\x80", true},
		{"two messages", h265, "\x4e\x01" + light + "\x06\x01\x84\x80", true},
		{"a slice", h264, "\x65\x88\x84", true},
		{"a delimiter", h264, "\x09\xf0", true},
		{"zeros with what keeps a start code from arising", h264, "\x06\x90\x04\x00\x00\x03\x00\x00\x80", true},
		{"a message that is longer than it can be", h264, "\x06\x90\x05CANAR\x80", false},
		{"what stands behind messages", h264, "\x06" + light + "\x80CANARY", false},
		{"captions behind a message that stays", h264, "\x06" + light + "\x04\x06\xb5CANAR\x80", false},
		{"the time of a camera", h264, "\x06\x01\x06CANARY\x80", false},
		{"the time code of H.265", h265, "\x4e\x01\x88\x06CANARY\x80", false},
		{"a message whose length lies", h264, "\x06\x90\xff", false},
		{"a long type", h264, "\x06\xff\xff\x04\x06CANARY\x80", false},
		{"a picture beside the picture", h264, "\x13CANARY", false},
		{"the other eye", h264, "\x74CANARY", false},
		{"a type that is not specified", h264, "\x18CANARY", false},
		{"a type that is reserved", h265, "\x52\x01CANARY", false},
		{"another layer", h265, "\x02\x09CANARY", false},
		{"a delimiter that is too long", h264, "\x09\xf0CANARY", false},
		{"filler", h264, "\x0cCANARY\x80", false},
	} {
		file := append(be.AppendUint32(nil, uint32(len(c.unit))), c.unit...)
		s, r := &source{r: bytes.NewReader(file), size: int64(len(file))}, &Recording{size: int64(len(file))}
		if !s.units(r, c.codec, 4, 0, s.size) {
			t.Errorf("%s: it is no unit", c.what)
			continue
		}
		var out bytes.Buffer
		if _, err := r.WriteClean(&out, bytes.NewReader(file)); err != nil {
			t.Fatal(err)
		}
		filler := c.codec.filler.head + string(bytes.Repeat([]byte{0xff}, len(c.unit)-len(c.codec.filler.head)-1)) + "\x80"
		if got := out.String()[4:]; c.stays && got != c.unit || !c.stays && got != filler {
			t.Errorf("%s: %q has become %q", c.what, c.unit, got)
		}
	}
	for _, bad := range []string{"\x00\x00\x00\x09\x65", "\x00\x00", "\x00\x00\x00\x01\x26"} {
		s := &source{r: bytes.NewReader([]byte(bad)), size: int64(len(bad))}
		if s.units(&Recording{}, h265, 4, 0, s.size) {
			t.Errorf("%q is taken for units", bad)
		}
	}
}

func TestUnitsOfAV1(t *testing.T) {
	for _, c := range []struct{ what, unit, out string }{
		{"a delimiter", "\x12\x00", "\x12\x00"},
		{"the light", "\x2a\x06\x01\x03\xe8\x01\x90\x80", "\x2a\x06\x01\x03\xe8\x01\x90\x80"},
		{"a frame up to the end", "\x30\x01\x02\x03", "\x30\x01\x02\x03"},
		{"captions", "\x2a\x06\x04\xb5CAN\x80", "\x7a\x06\x00\x00\x00\x00\x00\x80"},
		{"captions up to the end", "\x28\x04\xb5CANARY\x80", "\x78\x00\x00\x00\x00\x00\x00\x00\x00\x80"},
		{"the time of a camera", "\x2a\x03\x05CA", "\x7a\x03\x00\x00\x80"},
		{"padding", "\x7a\x06CANARY", "\x7a\x06\x00\x00\x00\x00\x00\x80"},
		{"a reserved type", "\x4a\x06CANARY", "\x7a\x06\x00\x00\x00\x00\x00\x80"},
		{"a delimiter that holds something", "\x12\x02CA", "\x7a\x02\x00\x80"},
		{"a layer of more dots", "\x36\x08\x01A", ""},
		{"a length that lies", "\x32\x05A", ""},
		{"a length without end", "\x32\xff\xff\xff\xff\xff\xff", ""},
	} {
		file := []byte(c.unit)
		s, r := &source{r: bytes.NewReader(file), size: int64(len(file))}, &Recording{size: int64(len(file))}
		if ok := s.obus(r, 0, s.size); ok != (c.out != "") {
			t.Errorf("%s: %v", c.what, ok)
		}
		var out bytes.Buffer
		if _, err := r.WriteClean(&out, bytes.NewReader(file)); err != nil || c.out != "" && out.String() != c.out {
			t.Errorf("%s: %q has become %q, %v", c.what, c.unit, out.String(), err)
		}
	}
}

// There is room for two edits for each picture of a long film, and no more.
func TestTooManyEdits(t *testing.T) {
	r := &Recording{}
	for i := range int64(maxEdits + 1) {
		r.shape(2*i, 1, h264.filler)
	}
	if !r.full || len(r.edits) != maxEdits {
		t.Error(r.full, len(r.edits))
	}
}
