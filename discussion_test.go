package standfirst_test

import (
	"reflect"
	"testing"

	"standfirst"
)

func TestPartsDoNotSayWhatIsOfThePublication(t *testing.T) {
	above := standfirst.Discussion{HouseRules: "Say what you hold.", Exact: []string{"gusher"}, MaxLinks: 1}.WithDefaults()
	part := standfirst.Discussion{
		Mode: standfirst.ModeAll, ClosesAfter: 3, Opens: "08:00", Closes: "20:00",
		HouseRules: "Anything goes.", Exact: []string{"pump"}, Loose: []string{"dump"}, MaxLinks: 9, KeepDays: 900, EditMinutes: 600,
	}
	want := above
	want.Mode, want.ClosesAfter, want.Opens, want.Closes = standfirst.ModeAll, 3, "08:00", "20:00"
	if got := part.Under(above); !reflect.DeepEqual(got, want) {
		t.Errorf("under the part holds %+v, want %+v", got, want)
	}
	if kept := part.OfPart(); !reflect.DeepEqual(kept, standfirst.Discussion{Mode: standfirst.ModeAll, ClosesAfter: 3, Opens: "08:00", Closes: "20:00"}) {
		t.Errorf("of the part is kept %+v", kept)
	}
}

func TestPublicationHasDefaults(t *testing.T) {
	if got := (standfirst.Discussion{}).WithDefaults(); !reflect.DeepEqual(got, standfirst.DefaultDiscussion()) {
		t.Errorf("where nothing is said holds %+v", got)
	}
	said := standfirst.Discussion{Mode: standfirst.ModeOpen, HoldNow: true, ClosesAfter: 7, MaxLinks: -1, KeepDays: 30, EditMinutes: -1, Loose: []string{"pump"}}
	if got := said.WithDefaults(); !reflect.DeepEqual(got, said) {
		t.Errorf("what is said became %+v", got)
	}
}
