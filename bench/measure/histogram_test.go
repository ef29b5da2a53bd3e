package measure

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestBucketsMeetWithoutGap(t *testing.T) {
	for i := range 57 * subBuckets {
		if got := bucket(lowest(i)); got != i {
			t.Fatalf("lowest(%d) = %d falls into bucket %d", i, lowest(i), got)
		}
		if got := bucket(lowest(i+1) - 1); got != i {
			t.Fatalf("the last value below bucket %d falls into bucket %d", i+1, got)
		}
	}
}

func TestQuantileAgreesWithSorting(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	var whole, half Histogram
	var values []time.Duration
	for range 20_000 {
		v := time.Duration(random.ExpFloat64() * float64(300*time.Microsecond))
		values = append(values, v)
		half.Record(v)
		if len(values)%1000 == 0 {
			whole.Add(&half)
			half = Histogram{}
		}
	}
	slices.Sort(values)
	for _, q := range []float64{0.5, 0.9, 0.99, 0.999} {
		want := values[int(q*float64(len(values)))-1]
		got := whole.Quantile(q)
		if got < want || float64(got) > float64(want)*(1+1.0/subBuckets)+1 {
			t.Errorf("Quantile(%v) = %v, sorted %v", q, got, want)
		}
	}
	if whole.Total() != int64(len(values)) || whole.Max() != values[len(values)-1] || whole.Quantile(1) != whole.Max() {
		t.Errorf("total %d, max %v, quantile 1 %v; want %d and %v twice", whole.Total(), whole.Max(), whole.Quantile(1), len(values), values[len(values)-1])
	}
	var empty Histogram
	if got := empty.Quantile(0.99); got != 0 {
		t.Errorf("an empty histogram says %v", got)
	}
}
