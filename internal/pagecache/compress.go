package pagecache

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	gzipLevel   = 6
	brotliLevel = 5 // 11 is a little smaller and a hundred times slower
	// zstdWindow bounds the encoder's memory. Pages are smaller.
	zstdWindow = 1 << 19
)

// compressor makes the compressed forms of pages. Its writers are pooled, since
// their tables are far larger than a page, and given back when idle.
type compressor struct {
	gzip, brotli, zstd sync.Pool
}

// resetWriter is what the three compressing writers have in common.
type resetWriter interface {
	io.WriteCloser
	Reset(io.Writer)
}

// compress returns body in the encoding, which is not identity.
func (c *compressor) compress(e encoding, body []byte) ([]byte, error) {
	w, pool, err := c.writer(e)
	if err != nil {
		return nil, fmt.Errorf("pagecache: compress as %s: %w", encodingNames[e], err)
	}
	out := bytes.NewBuffer(make([]byte, 0, len(body)/4+64))
	w.Reset(out)
	if _, err = w.Write(body); err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("pagecache: compress as %s: %w", encodingNames[e], err)
	}
	w.Reset(io.Discard) // the pool must not keep the page alive
	pool.Put(w)
	return bytes.Clone(out.Bytes()), nil // without spare capacity: what is counted is what is held
}

// writer returns a writer of the encoding and the pool it goes back to.
func (c *compressor) writer(e encoding) (resetWriter, *sync.Pool, error) {
	switch e {
	case gzipped:
		if w, ok := c.gzip.Get().(*gzip.Writer); ok {
			return w, &c.gzip, nil
		}
		w, err := gzip.NewWriterLevel(io.Discard, gzipLevel)
		return w, &c.gzip, err
	case brotlied:
		if w, ok := c.brotli.Get().(*brotli.Writer); ok {
			return w, &c.brotli, nil
		}
		return brotli.NewWriterLevel(io.Discard, brotliLevel), &c.brotli, nil
	default:
		if w, ok := c.zstd.Get().(*zstd.Encoder); ok {
			return w, &c.zstd, nil
		}
		w, err := zstd.NewWriter(io.Discard, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true),
			zstd.WithWindowSize(zstdWindow), zstd.WithEncoderLevel(zstd.SpeedDefault))
		return w, &c.zstd, err
	}
}
