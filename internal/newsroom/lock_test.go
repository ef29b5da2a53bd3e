package newsroom_test

import (
	"testing"

	"standfirst"
)

func TestLock(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		n, ctx := d.newsroom, d.Context()
		rhys := d.hire("Rhys Reporter", standfirst.Reporter)
		s := d.own(rhys, "Pier talks")
		alone, err := n.SeveralPeople(ctx)
		d.must(err)
		d.equal("several people", alone, false)
		lock, err := n.Lock(ctx, rhys, s.ID)
		d.must(err)
		d.equal("a lock of one alone", lock, standfirst.EditLock{})

		d.hire("Mo Moderator", standfirst.Moderator) // who writes nothing
		ada := d.hire("Ada Editor", standfirst.Editor)
		lock, err = n.Lock(ctx, rhys, s.ID)
		d.must(err)
		d.equal("taken", lock.HeldBy(rhys), true)
		lock, err = n.Lock(ctx, ada, s.ID)
		d.must(err)
		d.equal("told", lock.Name, "Rhys Reporter")
		// It refuses no save.
		_, err = n.Save(ctx, ada, s.ID, 1, text("Pier talks go on"))
		d.must(err)
		lock, err = n.TakeOver(ctx, ada, s.ID)
		d.must(err)
		d.equal("taken over", lock.HeldBy(ada), true)
		d.equal("trail", d.actions(s.ID)[0], "take-over")
		d.must(n.Release(ctx, rhys, s.ID)) // not theirs any more
		show, err := n.Show(ctx, rhys, s.ID)
		d.must(err)
		d.equal("holder", show.Lock.Name, "Ada Editor")
		d.setTime(startOfTest.Add(standfirst.EditLockLifetime))
		show, err = n.Show(ctx, rhys, s.ID)
		d.must(err)
		d.equal("ran out", show.Lock, standfirst.EditLock{})
		lock, err = n.Lock(ctx, rhys, s.ID)
		d.must(err)
		d.equal("taken again", lock.HeldBy(rhys), true)
		d.must(n.Release(ctx, rhys, s.ID))
		lock, err = n.Lock(ctx, ada, s.ID)
		d.must(err)
		d.equal("after the release", lock.HeldBy(ada), true)
	})
}
