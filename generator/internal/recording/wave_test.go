package recording

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// wavOf is a WAV file of samples of so many bytes, one a channel.
func wavOf(wide int, samples []float64) []byte {
	const rate = 8000
	data := []byte{}
	for _, v := range samples {
		n := int32(v * (1<<31 - 1))
		if wide == 1 {
			data = append(data, byte(n>>24)+128)
			continue
		}
		for i := range wide {
			data = append(data, byte(n>>(8*(4-wide+i))))
		}
	}
	b := le.AppendUint32([]byte("RIFF"), uint32(36+len(data)))
	b = le.AppendUint32(append(b, "WAVEfmt "...), 16)
	b = le.AppendUint16(le.AppendUint16(b, 1), 1)
	b = le.AppendUint32(le.AppendUint32(b, rate), uint32(rate*wide))
	b = le.AppendUint16(le.AppendUint16(b, uint16(wide)), uint16(8*wide))
	b = le.AppendUint32(append(b, "data"...), uint32(len(data)))
	return append(b, data...)
}

func waveOf(t *testing.T, file []byte) []byte {
	t.Helper()
	r, err := Read(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	wave, err := r.Wave(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return wave
}

// A sound that grows louder has a wave that rises, whatever its samples are.
func TestWave(t *testing.T) {
	samples := make([]float64, 24000)
	for i := range samples {
		samples[i] = math.Sin(float64(i)) * float64(i) / float64(len(samples)) * 0.9
	}
	for wide := 1; wide <= 4; wide++ {
		wave := waveOf(t, wavOf(wide, samples))
		if len(wave) != WaveWidth || wave[0] > 12 || wave[WaveWidth-1] < 250 || int(wave[WaveWidth/2])-127 > 12 || 127-int(wave[WaveWidth/2]) > 12 {
			t.Errorf("%d bytes a sample: %v", wide, wave)
		}
	}
	if wave := waveOf(t, wavOf(2, make([]float64, 8000))); wave != nil {
		t.Errorf("silence has a wave: %v", wave)
	}
}

// A steady tone is as loud everywhere; formats without a decoder have no wave. Of a pure tone
// at the lowest rates the decoder makes more than a tone, hence no more is asked of cbr.mp3.
func TestWaveOfFormats(t *testing.T) {
	for name, drawn := range map[string]bool{"cbr.mp3": true, "vbr.mp3": true, "plain.wav": true, "vorbis.ogg": true, "opus.ogg": true, "sound.m4a": false, "film.mp4": false} {
		file, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		wave := waveOf(t, file)
		if (len(wave) == WaveWidth) != drawn || drawn && name != "cbr.mp3" && (wave[WaveWidth/3] < 180 || wave[WaveWidth/2] < 180) {
			t.Errorf("%s: %v", name, wave)
		}
		for n := 0; n < len(file); n += 97 { // whatever is cut off or wrong, nothing breaks
			bad := bytes.Clone(file)
			bad[n] ^= 0x5a
			for _, f := range [][]byte{file[:n], bad} {
				if r, err := Read(bytes.NewReader(f), int64(len(f))); err == nil {
					if _, err := r.Wave(bytes.NewReader(f), int64(len(f))); err != nil {
						t.Errorf("%s at %d: %v", name, n, err)
					}
				}
			}
		}
	}
}
