package pagecache

import "standfirst"

// maxLogged bounds the log of drops. Only a render that takes very long while very
// much is dropped gets there; then the log forgets, and says of everything older
// that it was dropped.
const maxLogged = 4096

// dropLog knows which tags were dropped after a given moment. Moments are counts of
// drops. It is not safe for concurrent use.
type dropLog struct {
	now   uint64 // how many drops there were
	floor uint64 // everything was dropped at this moment
	last  map[standfirst.Tag]uint64
	queue []loggedDrop // what last holds and held, in order of moments
}

// loggedDrop is a tag and the moment of a drop of it.
type loggedDrop struct {
	at  uint64
	tag standfirst.Tag
}

// add counts a drop and, if keep is set, notes its tags.
func (l *dropLog) add(tags []standfirst.Tag, keep bool) {
	l.now++
	if !keep {
		return
	}
	if len(l.queue)+len(tags) > maxLogged {
		l.everything()
		return
	}
	if l.last == nil {
		l.last = make(map[standfirst.Tag]uint64)
	}
	for _, tag := range tags {
		l.last[tag] = l.now
		l.queue = append(l.queue, loggedDrop{l.now, tag})
	}
}

// addAll counts a drop of everything.
func (l *dropLog) addAll() {
	l.now++
	l.everything()
}

// everything says of every tag that it was dropped now.
func (l *dropLog) everything() {
	l.floor = l.now
	l.last, l.queue = nil, nil
}

// since reports whether one of the tags was dropped after the moment.
func (l *dropLog) since(moment uint64, tags []standfirst.Tag) bool {
	if l.floor > moment {
		return true
	}
	if len(l.last) == 0 {
		return false
	}
	for _, tag := range tags {
		if l.last[tag] > moment {
			return true
		}
	}
	return false
}

// forget lets go of what nobody will ask for: drops at or before the moment.
func (l *dropLog) forget(moment uint64) {
	if moment >= l.now {
		l.last, l.queue = nil, nil
		return
	}
	n := 0
	for n < len(l.queue) && l.queue[n].at <= moment {
		if d := l.queue[n]; l.last[d.tag] == d.at {
			delete(l.last, d.tag)
		}
		n++
	}
	if n > 0 {
		l.queue = append(l.queue[:0], l.queue[n:]...)
	}
}
