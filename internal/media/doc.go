// Package media takes pictures in and keeps them as files: upright, without
// metadata, in the sizes that pages ask for. That is its one responsibility.
//
// A picture is looked at before it is decoded (its bytes, its pixels, its scans),
// decoded one at a time, turned upright as its EXIF orientation says, and encoded
// anew, which leaves all metadata behind. Its name is the SHA-256 of the file that
// was given, so an address never changes its content. The row and the job that makes
// the smaller sizes are one transaction.
//
// What is taken in: JPEG, PNG, the first frame of GIF, still WebP. What is kept:
//
//   - PNG for pictures that are transparent somewhere, and for flat art, that is:
//     what did not come as JPEG or lossy WebP and repeats itself from pixel to pixel
//     as charts, logos and screenshots do;
//   - JPEG for everything else.
//
// Colour profiles go with the rest of the metadata, so a picture in a wide colour
// space loses a little colour.
//
// What is said of a picture is kept with it, and may be changed by who added it and by
// editors. A picture that a text uses is not deleted; the rows that say so are written by the
// store, with the text.
//
// The package must not know what is in a story, nor pages or HTTP: it gives a file system to
// whoever serves, and touches [standfirst.PictureTag] when sizes were added, or what belongs
// to the picture itself was changed.
package media
