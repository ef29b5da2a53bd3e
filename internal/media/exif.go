package media

import (
	"bytes"
	"encoding/binary"
)

// JPEG markers, after the byte 0xff.
const (
	markerStartOfImage = 0xd8
	markerEndOfImage   = 0xd9
	markerStartOfScan  = 0xda
	markerAPP1         = 0xe1
)

// orientationTag is the number of the TIFF field that EXIF calls Orientation, and
// shortType the type that its value has.
const (
	orientationTag = 0x0112
	shortType      = 3
)

// isJPEG reports whether the file begins as JPEG files do.
func isJPEG(file []byte) bool {
	return len(file) > 2 && file[0] == 0xff && file[1] == markerStartOfImage && file[2] == 0xff
}

// orientation returns how the picture in a file has to be turned. It is upright
// unless a JPEG file says otherwise in well-formed EXIF.
func orientation(file []byte) turn {
	if !isJPEG(file) {
		return upright
	}
	rest := file[2:]
	for len(rest) >= 4 && rest[0] == 0xff {
		marker := rest[1]
		switch {
		case marker == 0xff: // fill byte
			rest = rest[1:]
			continue
		case marker == markerStartOfScan || marker == markerEndOfImage:
			return upright
		case marker == 0x01 || marker >= 0xd0 && marker <= markerStartOfImage: // without a length
			rest = rest[2:]
			continue
		}
		length := int(binary.BigEndian.Uint16(rest[2:]))
		if length < 2 || len(rest) < 2+length {
			return upright
		}
		if marker == markerAPP1 {
			if tiff, ok := bytes.CutPrefix(rest[4:2+length], []byte("Exif\x00\x00")); ok {
				return tiffOrientation(tiff)
			}
		}
		rest = rest[2+length:]
	}
	return upright
}

// tiffOrientation finds the orientation in the first directory of a TIFF structure.
func tiffOrientation(tiff []byte) turn {
	const headerLength, entryLength = 8, 12
	if len(tiff) < headerLength {
		return upright
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return upright
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return upright
	}
	count := int(order.Uint16(tiff[at:]))
	entries := tiff[at+2:]
	for ; count > 0 && len(entries) >= entryLength; count-- {
		if order.Uint16(entries) == orientationTag {
			value := turn(order.Uint16(entries[8:]))
			if order.Uint16(entries[2:]) != shortType || order.Uint32(entries[4:]) != 1 || value < upright || value > turnedLeft {
				return upright
			}
			return value
		}
		entries = entries[entryLength:]
	}
	return upright
}
