package derive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"vitrine/generator/internal/recording"
)

// The program that decodes AAC where it is on the PATH. A recording is from untrusted hands: the
// program gets no path and no container, only frames behind heads that we wrote, through a pipe; it may
// open nothing else, and its memory, its time and what it may give back are bounded.
const (
	decoder       = "ffmpeg"
	decoderMemory = 256 << 20 // bytes
	decoderBlock  = "67108864"
)

// Decoding may take so long, and longer by so much for each minute of sound: a fast machine takes a second for an hour.
const (
	decoderTime       = time.Minute
	decoderTimePerMin = 3 * time.Second
)

// decodeAAC is the wave of a sound that the decoder makes. The error is an *Error where there is no
// decoder (NoDecoder) or it makes nothing of the sound (Undecoded).
func (c *Cache) decodeAAC(ctx context.Context, a *recording.AAC, lasting time.Duration) ([]byte, error) {
	program, err := exec.LookPath(decoder)
	if err != nil {
		return nil, problem(NoDecoder, "ghi âm AAC cần chương trình "+decoder+" để vẽ dạng sóng", "the wave of sound in AAC needs the program "+decoder)
	}
	limit := decoderTime + time.Duration(lasting.Minutes()*float64(decoderTimePerMin))
	if c.patience > 0 {
		limit = c.patience
	}
	within, end := context.WithTimeout(ctx, limit)
	defer end()
	out := a.Decoded()
	cmd := exec.CommandContext(within, program, decoderArgs(a)...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.WaitDelay = decoderEnv(), a.ADTS(), stopping{out, end}, time.Second
	confine(cmd)
	if err = cmd.Start(); err == nil {
		bound(cmd, decoderMemory)
		err = cmd.Wait()
	}
	wave, whole := out.Wave()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(within.Err(), context.DeadlineExceeded):
		return nil, undecoded("ngừng vì chạy quá lâu", "it was stopped, since it took too long")
	case err != nil:
		return nil, undecoded(err.Error(), err.Error())
	case !whole:
		return nil, undecoded("không đọc được phần lớn âm thanh", "it could not read most of the sound")
	}
	return wave, nil
}

// stopping ends a program of which no more is taken.
type stopping struct {
	io.Writer
	end func()
}

// Write implements io.Writer.
func (s stopping) Write(b []byte) (int, error) {
	n, err := s.Writer.Write(b)
	if err != nil {
		s.end()
	}
	return n, err
}

// decoderArgs make samples of 16 bits of an ADTS stream, at its own rate and with its own channels, so that a wave
// is drawn of the same samples as that of any other format.
func decoderArgs(a *recording.AAC) []string {
	return append(strings.Fields("-nostdin -hide_banner -v quiet -max_alloc "+decoderBlock+" -threads 1 -protocol_whitelist pipe -f aac -c:a aac -i pipe:0 -map 0:a:0"),
		"-ar", fmt.Sprint(a.Rate), "-ac", fmt.Sprint(a.Channels), "-threads", "1", "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1")
}

// decoderEnv is what a program needs to start. What would have it write a report, or read presets,
// is not among it.
func decoderEnv() (out []string) {
	for _, name := range []string{"PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP"} {
		if v, ok := os.LookupEnv(name); ok {
			out = append(out, name+"="+v)
		}
	}
	return out
}

func undecoded(vi, en string) *Error {
	e := problem(Undecoded, decoder+" không giải mã được ghi âm AAC này ("+vi+"), nên không có dạng sóng", decoder+" could not decode this sound in AAC ("+en+"), so it has no wave")
	e.cause = errors.New(en)
	return e
}

// HasDecoder reports whether the program that decodes AAC is on the PATH.
func HasDecoder() bool {
	_, err := exec.LookPath(decoder)
	return err == nil
}
