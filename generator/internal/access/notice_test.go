package access

import "testing"

// The notice of a withdrawn record outlasts the withdrawal of those above it;
// what is not withdrawn itself leaves none, and a restriction above withholds
// the notice too.
func TestNoticeOutlastsWithdrawalAbove(t *testing.T) {
	withdrawn := Verdict{Reason: ReasonWithdrawn, terms: termsOf(0, limitWithdrawn)}
	restricted := Verdict{Reason: ReasonRestricted, terms: termsOf(0, limitAll)}
	public := Verdict{Parts: Metadata}
	for name, c := range map[string]struct {
		v    Verdict
		want bool
	}{
		"withdrawn under withdrawn":                {withdrawn.Under(withdrawn), true},
		"withdrawn under public under withdrawn":   {withdrawn.Under(public.Under(withdrawn)), true},
		"withdrawn under restricted":               {withdrawn.Under(restricted), false},
		"withdrawn under withdrawn and restricted": {withdrawn.Under(withdrawn.Under(restricted)), false},
		"public under withdrawn":                   {public.Under(withdrawn), false},
	} {
		if c.v.Tombstone() != c.want || c.v.Published() {
			t.Errorf("%s: %+v", name, c.v)
		}
	}
}
