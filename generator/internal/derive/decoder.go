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

// The program that decodes AAC and the first pictures of films where it is on the PATH. A recording is from untrusted hands: the
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
	out := a.Decoded()
	err := c.decode(ctx, decoding{args: decoderArgs(a), in: a.ADTS(), out: out, memory: decoderMemory,
		limit: decoderTime + time.Duration(lasting.Minutes()*float64(decoderTimePerMin))})
	wave, whole := out.Wave()
	var failed failure
	switch {
	case errors.Is(err, errNoDecoder):
		return nil, problem(NoDecoder, "ghi âm AAC cần chương trình "+decoder+" để vẽ dạng sóng", "the wave of sound in AAC needs the program "+decoder)
	case errors.As(err, &failed):
		return nil, undecoded(failed.vi, failed.en)
	case err != nil:
		return nil, err
	case !whole:
		return nil, undecoded("không đọc được phần lớn âm thanh", "it could not read most of the sound")
	}
	return wave, nil
}

// decoding is what a decoder is told, given and allowed.
type decoding struct {
	args   []string
	in     io.Reader
	out    io.Writer
	memory uint64 // bytes
	limit  time.Duration
}

// failure is how a decoder failed, in both languages.
type failure struct{ vi, en string }

// Error implements error.
func (f failure) Error() string { return f.en }

var errNoDecoder = errors.New("derive: there is no decoder")

// decode runs the decoder. The error is errNoDecoder, a failure, or that of ctx.
func (c *Cache) decode(ctx context.Context, d decoding) error {
	program, err := exec.LookPath(decoder)
	if err != nil {
		return errNoDecoder
	}
	if c.patience > 0 {
		d.limit = c.patience
	}
	within, end := context.WithTimeout(ctx, d.limit)
	defer end()
	cmd := exec.CommandContext(within, program, d.args...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.WaitDelay = decoderEnv(), d.in, stopping{d.out, end}, time.Second
	confine(cmd)
	if err = cmd.Start(); err == nil {
		bound(cmd, d.memory)
		err = cmd.Wait()
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(within.Err(), context.DeadlineExceeded):
		return failure{"ngừng vì chạy quá lâu", "it was stopped, since it took too long"}
	case err != nil:
		return failure{err.Error(), err.Error()}
	}
	return nil
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
