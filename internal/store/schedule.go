package store

import (
	"time"

	"standfirst"
)

// Schedule returns the schedule of the story.
func (tx *ReadTx) Schedule(id standfirst.StoryID) (standfirst.Schedule, error) {
	s, err := one(tx, scanSchedule, "Schedule", int64(id))
	return s, missing(err, "the story %d is not scheduled", id)
}

// Schedules returns the next limit schedules, soonest first.
func (tx *ReadTx) Schedules(limit int) ([]standfirst.Schedule, error) {
	return all(tx, scanSchedule, "Schedules", int64(limit))
}

// DueSchedules returns the next limit schedules that are due at the time, soonest first.
func (tx *ReadTx) DueSchedules(at time.Time, limit int) ([]standfirst.Schedule, error) {
	return all(tx, scanSchedule, "DueSchedules", toMicros(at), int64(limit))
}

func scanSchedule(row scanner) (s standfirst.Schedule, err error) {
	err = row.Scan(&s.StoryID, &s.Revision, (*instant)(&s.At))
	return s, err
}

// PutSchedule stores when which revision of the story goes out, over any schedule
// that it had.
func (tx *Tx) PutSchedule(s standfirst.Schedule) error {
	_, err := tx.exec("PutSchedule", int64(s.StoryID), int64(s.Revision), toMicros(s.At))
	return err
}

// DeleteSchedule forgets the schedule of the story; it is no error if it had none.
func (tx *Tx) DeleteSchedule(id standfirst.StoryID) error {
	_, err := tx.exec("DeleteSchedule", int64(id))
	return err
}
