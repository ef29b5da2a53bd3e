package store

import "standfirst"

// Voice returns the voice with the identifier.
func (tx *ReadTx) Voice(id standfirst.VoiceID) (standfirst.VoiceRecord, error) {
	v, err := one(tx, scanVoice, "Voice", int64(id))
	return v, missing(err, "there is no voice %d", id)
}

// Voices returns the last limit voices before the one given, or before none for zero, the
// newest first.
func (tx *ReadTx) Voices(before standfirst.VoiceID, limit int) ([]standfirst.VoiceRecord, error) {
	return all(tx, scanVoice, "Voices", beforeID(before), int64(limit))
}

// VoicesOfComment returns the voices that were picked from the comment, the oldest first.
func (tx *ReadTx) VoicesOfComment(id standfirst.CommentID) ([]standfirst.VoiceRecord, error) {
	return all(tx, scanVoice, "VoicesOfComment", int64(id))
}

// VoicesOfStory returns the last limit voices for the story before the one given, or before
// none for zero, the newest first.
func (tx *ReadTx) VoicesOfStory(id standfirst.StoryID, before standfirst.VoiceID, limit int) ([]standfirst.VoiceRecord, error) {
	return all(tx, scanVoice, "VoicesOfStory", int64(id), beforeID(before), int64(limit))
}

// PickedComments returns the comments whose words stand among the voices of the story.
func (tx *ReadTx) PickedComments(id standfirst.StoryID) ([]standfirst.CommentID, error) {
	return all(tx, scanID[standfirst.CommentID], "PickedComments", int64(id))
}

func scanVoice(row scanner) (v standfirst.VoiceRecord, err error) {
	said := &v.Voice
	err = row.Scan(&v.ID, &v.Story, numberInto(&v.Comment), &v.State, &said.Text, &said.Speaker.Name, &said.Speaker.Role, &said.Speaker.Affiliation,
		&said.Disclosure, &v.Domain, (*flag)(&v.Employer), &v.Source, (*day)(&v.ObtainedOn), (*instant)(&v.CreatedAt), &v.CreatedBy,
		(*instant)(&v.AnsweredAt), (*instant)(&v.PlacedAt), (*instant)(&v.WithdrawnAt), &v.Problem)
	return v, err
}

// InsertVoice stores a new voice.
func (tx *Tx) InsertVoice(v standfirst.VoiceRecord) (standfirst.VoiceID, error) {
	said := v.Voice
	return one(&tx.ReadTx, scanID[standfirst.VoiceID], "InsertVoice", int64(v.Story), toNumber(v.Comment), string(v.State),
		said.Text, said.Speaker.Name, said.Speaker.Role, said.Speaker.Affiliation, said.Disclosure, v.Domain, toFlag(v.Employer),
		string(v.Source), toDay(v.ObtainedOn), toMicros(v.CreatedAt), v.CreatedBy,
		toMicros(v.AnsweredAt), toMicros(v.PlacedAt), toMicros(v.WithdrawnAt), v.Problem)
}

// UpdateVoice stores what became of the voice, and what it says now. How it was obtained,
// of what and when stays.
func (tx *Tx) UpdateVoice(v standfirst.VoiceRecord) error {
	said := v.Voice
	_, err := tx.exec("UpdateVoice", string(v.State), said.Text, said.Speaker.Name, said.Speaker.Role, said.Speaker.Affiliation, said.Disclosure,
		v.Domain, toFlag(v.Employer), toMicros(v.AnsweredAt), toMicros(v.PlacedAt), toMicros(v.WithdrawnAt), v.Problem, int64(v.ID))
	return err
}
