package media

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"standfirst"
)

// TestBusy holds that a picture that finds no room in memory, or whose turn does not come, is
// refused as something that may be sent again, and that what was refused takes up nothing.
func TestBusy(t *testing.T) {
	l := openLibrary(t)
	l.room.patience = time.Millisecond
	const all = filesAtOnce * (standfirst.MaxPictureBytes + roomStep)
	picture := encodePNG(t, quarters(8, 8))
	refused := func(name string) {
		t.Helper()
		_, err := l.Add(t.Context(), editor, name, bytes.NewReader(picture))
		if !errors.Is(err, errBusy) || standfirst.KindOf(err) != standfirst.Unavailable {
			t.Errorf("%s gives %v", name, err)
		}
	}
	if !l.room.bytes.TryAcquire(all) {
		t.Fatal("the room is not as large as it is said to be")
	}
	refused("no-room.png")
	l.room.bytes.Release(all)
	release, err := l.turn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	refused("no-turn.png")
	release()
	add(t, l, "quay.png", picture)
	if _, err := l.Add(t.Context(), editor, "endless.png", zeros{}); standfirst.KindOf(err) != standfirst.TooLarge {
		t.Errorf("an endless file gives %v", err)
	}
	if !l.room.bytes.TryAcquire(all) {
		t.Error("what was taken or refused still takes up room")
	}
}

// TestRoomAsItArrives holds that files take up what has arrived of them, and no more.
func TestRoomAsItArrives(t *testing.T) {
	l := openLibrary(t)
	l.room.patience = time.Millisecond
	many := make([]*arrival, filesAtOnce*standfirst.MaxPictureBytes/roomStep)
	for i := range many {
		many[i] = &arrival{ctx: t.Context(), name: "slow.png", file: bytes.NewReader([]byte("x")), room: l.room}
		if _, err := io.ReadFull(many[i], make([]byte, 1)); err != nil {
			t.Fatalf("file %d finds no room: %v", i, err)
		}
	}
	for _, a := range many {
		a.leave()
	}
}

// zeros is an endless file.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
