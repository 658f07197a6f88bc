package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os/exec"
	"path"
)

// budget is how many bytes an image should take, and how many it may take. Sheets for deep zoom, over 12
// megapixels, have more.
func budget(r image.Rectangle) (should, may int) {
	if r.Dx()*r.Dy() > 12_000_000 {
		return 720_000, 900_000
	}
	return 190_000, 300_000
}

// best and worst bound the quality of a JPEG; below the worst, letters get halos.
const (
	bestQuality  = 62
	worstQuality = 40
)

// errNoTool is wrapped by the error for a program whose package is not installed.
var errNoTool = errors.New("program is not installed")

// encode writes an image in the format that its name asks for, as well as the budget allows.
func encode(name string, img *image.RGBA) ([]byte, error) {
	should, may := budget(img.Rect)
	var data []byte
	var err error
	if path.Ext(name) == ".png" {
		data, err = encodePNG(img)
	} else {
		data, err = encodeJPEG(img, should)
	}
	if err == nil && len(data) > may {
		err = fmt.Errorf("takes %d kB, more than %d kB", len(data)/1000, may/1000)
	}
	return data, err
}

// encodeJPEG takes the best quality whose file is within the limit, or else the worst.
func encodeJPEG(img image.Image, limit int) ([]byte, error) {
	low, high := worstQuality, bestQuality
	var best []byte
	for low <= high {
		quality := (low + high) / 2
		data, err := squeezed(img, quality)
		if err != nil {
			return nil, err
		}
		if len(data) <= limit {
			best, low = data, quality+1
			continue
		}
		if high = quality - 1; high < low && best == nil {
			best = data // the worst was tried last
		}
	}
	return best, nil
}

// squeezed encodes at one quality and lets jpegtran recode the result without loss, which saves a seventh.
func squeezed(img image.Image, quality int) ([]byte, error) {
	var plain, small bytes.Buffer
	if err := jpeg.Encode(&plain, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	tool := exec.Command("jpegtran", "-copy", "none", "-optimize", "-progressive")
	tool.Stdin, tool.Stdout = &plain, &small
	err := tool.Run()
	if errors.Is(err, exec.ErrNotFound) {
		err = fmt.Errorf("%w: jpegtran; run: apt-get install libjpeg-turbo-progs", errNoTool)
	}
	return small.Bytes(), err
}

// encodePNG writes an image in 32 shades along its own darkest-to-lightest colours.
func encodePNG(img *image.RGBA) ([]byte, error) {
	const shades = 32
	palette := make(color.Palette, shades)
	var sums [shades][4]int
	shade := func(p []uint8) int { return (2*int(p[0]) + 5*int(p[1]) + int(p[2])) * (shades - 1) / (8 * 255) }
	out := image.NewPaletted(img.Rect, palette)
	for i := range out.Pix {
		p := img.Pix[i*4:]
		k := shade(p)
		out.Pix[i] = uint8(k)
		for c := range 3 {
			sums[k][c] += int(p[c])
		}
		sums[k][3]++
	}
	for k, s := range sums {
		n := max(s[3], 1)
		palette[k] = color.RGBA{uint8(s[0] / n), uint8(s[1] / n), uint8(s[2] / n), 255}
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err := encoder.Encode(&b, out)
	return b.Bytes(), err
}
