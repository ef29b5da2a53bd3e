package media

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"net/http"
	"strings"

	"golang.org/x/image/webp"

	"standfirst"
)

// format is a format that pictures are taken in.
type format struct {
	name         string
	decodeConfig func(*bytes.Reader) (image.Config, error)
	decode       func(*bytes.Reader) (image.Image, error)
}

// formats by the media type that [http.DetectContentType] finds.
var formats = map[string]format{
	"image/jpeg": {
		"JPEG",
		func(r *bytes.Reader) (image.Config, error) { return jpeg.DecodeConfig(r) },
		func(r *bytes.Reader) (image.Image, error) { return jpeg.Decode(r) },
	},
	"image/png": {
		"PNG",
		func(r *bytes.Reader) (image.Config, error) { return png.DecodeConfig(r) },
		func(r *bytes.Reader) (image.Image, error) { return png.Decode(r) },
	},
	"image/gif": {
		"GIF",
		func(r *bytes.Reader) (image.Config, error) { return gif.DecodeConfig(r) },
		decodeGIF,
	},
	"image/webp": {
		"WebP",
		func(r *bytes.Reader) (image.Config, error) { return webp.DecodeConfig(r) },
		func(r *bytes.Reader) (image.Image, error) { return webp.Decode(r) },
	},
}

// decodeGIF decodes the first frame, on the whole canvas of the file.
func decodeGIF(r *bytes.Reader) (image.Image, error) {
	config, err := gif.DecodeConfig(r)
	if err != nil {
		return nil, err
	}
	if _, err := r.Seek(0, 0); err != nil {
		return nil, err
	}
	frame, err := gif.Decode(r)
	canvas := image.Rect(0, 0, config.Width, config.Height)
	if err != nil || frame.Bounds() == canvas {
		return frame, err
	}
	whole := image.NewRGBA(canvas)
	draw.Draw(whole, frame.Bounds(), frame, frame.Bounds().Min, draw.Src)
	return whole, nil
}

// decoded is a picture as it is meant to be seen.
type decoded struct {
	image image.Image
	lossy bool // came from an encoding that changes pixels
}

// decode makes a picture of the bytes of the file called name: within the limits,
// upright. What the file is, its bytes decide, not its name. Errors name the file.
func (l limits) decode(name string, file []byte) (d decoded, err error) {
	f, ok := formats[http.DetectContentType(file)]
	if !ok {
		return decoded{}, notAPicture(name, file)
	}
	defer func() { // a decoder that panics over hostile bytes must not take the newsroom with it
		if p := recover(); p != nil {
			d, err = decoded{}, unreadable(name, f, fmt.Errorf("media: decode %q: panic: %v", name, p))
		}
	}()
	if isAnimatedWebP(file) {
		return decoded{}, standfirst.Errorf(standfirst.Invalid, "%q is an animated WebP picture; save one frame of it as JPEG or PNG", name)
	}
	config, err := f.decodeConfig(bytes.NewReader(file))
	if err != nil {
		return decoded{}, unreadable(name, f, err)
	}
	if err := l.check(name, config, file); err != nil {
		return decoded{}, err
	}
	m, err := f.decode(bytes.NewReader(file))
	if err != nil {
		return decoded{}, unreadable(name, f, err)
	}
	if size := m.Bounds().Size(); size.X != config.Width || size.Y != config.Height {
		return decoded{}, unreadable(name, f, fmt.Errorf("media: decode %q: header says %d × %d, picture is %v", name, config.Width, config.Height, size))
	}
	return decoded{image: orientation(file).apply(m), lossy: isLossy(file, m)}, nil
}

// isLossy reports whether the file is a JPEG, or a WebP that decodes as lossy ones do.
func isLossy(file []byte, m image.Image) bool {
	switch m.(type) {
	case *image.YCbCr, *image.NYCbCrA:
		return true
	}
	return isJPEG(file)
}

// unreadable is the error about a file that is of the format, but broken.
func unreadable(name string, f format, cause error) error {
	return standfirst.WrapError(standfirst.Invalid, cause, "%q is a %s picture that is damaged or not complete", name, f.name)
}

// notAPicture is the error about a file of no format that is taken in. It says what
// the file seems to be when that helps.
func notAPicture(name string, file []byte) error {
	const wanted = "pictures are taken in as JPEG, PNG, GIF or WebP"
	if kind := foreignKind(file); kind != "" {
		return standfirst.Errorf(standfirst.Invalid, "%q is %s; %s", name, kind, wanted)
	}
	return standfirst.Errorf(standfirst.Invalid, "%q is not a picture; %s", name, wanted)
}

// foreignKind names what people may take for a picture that we take in.
func foreignKind(file []byte) string {
	head := string(file[:min(len(file), 512)])
	if len(head) >= 12 && head[4:8] == "ftyp" {
		switch brand := head[8:12]; {
		case strings.HasPrefix(brand, "avi"):
			return "an AVIF picture"
		case strings.HasPrefix(brand, "he"), brand == "mif1", brand == "msf1":
			return "a HEIC picture"
		default:
			return "a film"
		}
	}
	switch {
	case strings.HasPrefix(head, "II*\x00"), strings.HasPrefix(head, "MM\x00*"):
		return "a TIFF picture or a camera's raw file"
	case strings.HasPrefix(head, "BM"):
		return "a BMP picture"
	case strings.HasPrefix(head, "%PDF-"):
		return "a PDF document"
	case strings.Contains(head, "<svg"):
		return "an SVG drawing"
	case strings.HasPrefix(http.DetectContentType(file), "text/"):
		return "a text"
	}
	return ""
}

// isAnimatedWebP reports whether the file is a WebP file whose flags say that it
// moves. The decoder knows still ones only.
func isAnimatedWebP(file []byte) bool {
	const flagsAt, animated = 20, 1 << 1
	return len(file) > flagsAt && string(file[:4]) == "RIFF" && string(file[8:16]) == "WEBPVP8X" && file[flagsAt]&animated != 0
}
