package store

import (
	"time"

	"standfirst"
)

// Responses returns what parties said about the subject, in the order of recording.
func (tx *ReadTx) Responses(s standfirst.Subject, a Audience) ([]standfirst.Response, error) {
	return tx.ResponsesBySubjects([]standfirst.Subject{s}, a)
}

// ResponsesBySubjects returns what parties said about the subjects, in the order of
// recording.
func (tx *ReadTx) ResponsesBySubjects(subjects []standfirst.Subject, a Audience) ([]standfirst.Response, error) {
	keys := make([]string, len(subjects))
	for i, s := range subjects {
		keys[i] = subjectKey(s)
	}
	return all(tx, scanResponse, "Responses", toList(keys), a.everything())
}

func scanResponse(row scanner) (r standfirst.Response, err error) {
	err = row.Scan(&r.ID, numberInto(&r.Subject.Deal), numberInto(&r.Subject.Entity), numberInto(&r.Claim), numberInto(&r.Party),
		&r.Kind, &r.Words, (*day)(&r.Day), (*instant)(&r.RecordedAt), &r.RecordedBy, numberInto(&r.Story), (*instant)(&r.ReleasedAt))
	return r, err
}

// InsertResponse stores what a party said. A zero time of recording becomes now.
func (tx *Tx) InsertResponse(r standfirst.Response) (standfirst.ResponseID, error) {
	if err := requireSubject(r.Subject); err != nil {
		return 0, err
	}
	return one(&tx.ReadTx, scanID[standfirst.ResponseID], "InsertResponse", subjectKey(r.Subject), toNumber(r.Subject.Deal),
		toNumber(r.Subject.Entity), toNumber(r.Claim), toNumber(r.Party), string(r.Kind), r.Words, toDay(r.Day),
		toMicros(tx.orNow(r.RecordedAt)), r.RecordedBy, toNumber(r.Story), toMicros(r.ReleasedAt))
}

// ReleaseResponses lets readers see the responses from the time on. It returns those
// that they could not see before.
func (tx *Tx) ReleaseResponses(ids []standfirst.ResponseID, at time.Time) ([]standfirst.ResponseID, error) {
	return release(tx, "ReleaseResponses", ids, at)
}
