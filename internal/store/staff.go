package store

import (
	"time"

	"standfirst"
)

// Staff returns the member of the staff with the identifier.
func (tx *ReadTx) Staff(id standfirst.UserID) (standfirst.Staff, error) {
	s, err := one(tx, scanStaff, "Staff", int64(id))
	return s, missing(err, "there is nobody with the number %d on the staff", id)
}

// StaffByEmail returns the member of the staff with the address, as
// [standfirst.CleanEmail] writes it.
func (tx *ReadTx) StaffByEmail(email string) (standfirst.Staff, error) {
	s, err := one(tx, scanStaff, "StaffByEmail", email)
	return s, missing(err, "there is nobody with the address %s on the staff", email)
}

// StaffList returns the next limit members whose addresses come after the given one,
// those whose access was revoked included, by address.
func (tx *ReadTx) StaffList(after string, limit int) ([]standfirst.Staff, error) {
	return all(tx, scanStaff, "StaffList", after, int64(limit))
}

// SomeStaff returns up to limit members who have one of the roles and may sign in, by
// name.
func (tx *ReadTx) SomeStaff(roles []standfirst.Role, limit int) ([]standfirst.Staff, error) {
	return all(tx, scanStaff, "SomeStaff", toList(roles), int64(limit))
}

// HasOtherAdministrator reports whether anybody but the member is an administrator who
// may sign in.
func (tx *ReadTx) HasOtherAdministrator(id standfirst.UserID) (bool, error) {
	_, err := one(tx, scanID[standfirst.UserID], "OtherAdministrator", string(standfirst.Administrator), int64(id))
	if err == errNoRow {
		return false, nil
	}
	return err == nil, err
}

// HasOtherIn reports whether anybody but the member has one of the roles and may sign in.
func (tx *ReadTx) HasOtherIn(roles []standfirst.Role, id standfirst.UserID) (bool, error) {
	_, err := one(tx, scanID[standfirst.UserID], "OtherInRoles", toList(roles), int64(id))
	if err == errNoRow {
		return false, nil
	}
	return err == nil, err
}

// StaffPassword returns the member's password as package account wrote it, and "" where
// none was chosen.
func (tx *ReadTx) StaffPassword(id standfirst.UserID) (string, error) {
	password, err := one(tx, scanText, "StaffPassword", int64(id))
	return password, missing(err, "there is nobody with the number %d on the staff", id)
}

func scanStaff(row scanner) (s standfirst.Staff, err error) {
	var password int64
	err = row.Scan(&s.ID, &s.Email, &s.Name, &s.Role, &password, (*instant)(&s.CreatedAt), (*instant)(&s.RevokedAt))
	s.Password = password != 0
	return s, err
}

func scanText(row scanner) (text string, err error) {
	err = row.Scan(&text)
	return text, err
}

// InsertStaff stores a new member of the staff, without a password. It returns a
// Conflict error if the address is taken. A zero time of creation becomes now.
func (tx *Tx) InsertStaff(s standfirst.Staff) (standfirst.UserID, error) {
	id, err := one(&tx.ReadTx, scanID[standfirst.UserID], "InsertStaff", s.Email, s.Name, nameKey(s.Name), string(s.Role), toMicros(tx.orNow(s.CreatedAt)))
	return id, taken(err, "there is already somebody with the address %s on the staff", s.Email)
}

// SetStaffRole changes the role of a member.
func (tx *Tx) SetStaffRole(id standfirst.UserID, role standfirst.Role) error {
	_, err := tx.exec("SetStaffRole", string(role), int64(id))
	return err
}

// SetStaffPassword stores the password of a member, as package account wrote it. The
// identifier is the first argument, since errors name that one.
func (tx *Tx) SetStaffPassword(id standfirst.UserID, password string) error {
	_, err := tx.exec("SetStaffPassword", int64(id), password)
	return err
}

// SetStaffRevoked stores when the access of a member was revoked; the zero time gives it
// back.
func (tx *Tx) SetStaffRevoked(id standfirst.UserID, at time.Time) error {
	_, err := tx.exec("SetStaffRevoked", toMicros(at), int64(id))
	return err
}
