package access

import "vitrine/generator/diag"

// Reason says why a record is not published, or not all of it.
type Reason uint8

// The reasons.
const (
	ReasonNone Reason = iota
	ReasonUnreviewed
	ReasonRestricted
	ReasonMarked
	ReasonEmbargo
	ReasonWithdrawn
	ReasonMetadataOnly
	ReasonPersonal
	ReasonNoClearance
	ReasonClearanceInert
	ReasonClearanceFaulty
	ReasonNotYetValid
	ReasonExpired
	ReasonOutOfScope
	ReasonScopeChanged
	ReasonNotDecided
	ReasonPurpose
	ReasonPart
	ReasonObjectPart // of an object that names a decision of its own, never of a record
	ReasonAncestor
	ReasonFonds
	reasonCount
)

var reasons = [reasonCount]diag.Text{
	ReasonNone:            {Vi: "đã công bố", En: "published"},
	ReasonUnreviewed:      {Vi: "chưa xét", En: "not reviewed"},
	ReasonRestricted:      {Vi: "hạn chế", En: "restricted"},
	ReasonMarked:          {Vi: "còn mang dấu mật", En: "bears a marking"},
	ReasonEmbargo:         {Vi: "chưa đến thời hạn công bố", En: "under embargo"},
	ReasonWithdrawn:       {Vi: "đã rút", En: "withdrawn"},
	ReasonMetadataOnly:    {Vi: "chỉ công bố mô tả", En: "description only"},
	ReasonPersonal:        {Vi: "dữ liệu cá nhân chưa xem xét", En: "personal data not reviewed"},
	ReasonNoClearance:     {Vi: "thiếu quyết định", En: "no clearance"},
	ReasonClearanceInert:  {Vi: "quyết định chưa ký", En: "clearance not signed"},
	ReasonClearanceFaulty: {Vi: "quyết định có lỗi", En: "clearance at fault"},
	ReasonNotYetValid:     {Vi: "quyết định chưa có hiệu lực", En: "clearance not yet in force"},
	ReasonExpired:         {Vi: "quyết định hết hiệu lực", En: "clearance expired"},
	ReasonOutOfScope:      {Vi: "ngoài phạm vi quyết định", En: "outside the scope of the clearance"},
	ReasonScopeChanged:    {Vi: "phạm vi quyết định đã thay đổi", En: "scope of the clearance has changed"},
	ReasonNotDecided:      {Vi: "không có trong danh mục đã quyết định", En: "not among the records decided on"},
	ReasonPurpose:         {Vi: "quyết định không cho trưng bày trên mạng", En: "clearance is not for exhibition on the web"},
	ReasonPart:            {Vi: "quyết định không gồm thông tin mô tả", En: "clearance does not cover the description"},
	ReasonObjectPart:      {Vi: "không gồm mọi phần mà đối tượng có", En: "not all parts that the object has are released"},
	ReasonAncestor:        {Vi: "cấp trên hạn chế", En: "restricted at a higher level"},
	ReasonFonds:           {Vi: "phông chưa công bố", En: "its fonds is not published"},
}

// Words is the reason in both languages.
func (r Reason) Words() diag.Text { return reasons[r] }

// Explain words why a record is not published, or not all of it, for whoever
// keeps it: where that lies with its clearance, with the id and days of that.
func (g *Gate) Explain(r Reason, f Facts) diag.Text {
	words := r.Words()
	if f.Clearance == 0 {
		return words
	}
	switch c := &g.clearances[f.Clearance-1]; r {
	case ReasonClearanceInert:
		return diag.T("quyết định %s còn là dự thảo, chưa có số, ngày và người ký", "the clearance %s is a draft without number, date and signatory", c.id)
	case ReasonClearanceFaulty:
		return diag.T("quyết định %s có lỗi, xem %s", "the clearance %s is at fault, see %s", c.id, c.file)
	case ReasonNotYetValid:
		if c.from > g.today {
			return diag.T("quyết định %s chỉ có hiệu lực từ ngày %s", "the clearance %s comes into force on %s", c.id, c.from)
		}
		return diag.T("quyết định %s đề ngày sau ngày dựng trang", "the clearance %s is dated after the day of the build", c.id)
	case ReasonExpired:
		return diag.T("quyết định %s hết hiệu lực sau ngày %s", "the clearance %s expired, its last day was %s", c.id, c.until)
	case ReasonOutOfScope, ReasonScopeChanged, ReasonNotDecided, ReasonPurpose, ReasonPart:
		return diag.T("%[1]s (%[3]s)", "%[2]s (%[3]s)", words.Vi, words.En, c.id)
	}
	return words
}

// Reasons are all reasons for which a record is not published, in order.
func Reasons() []Reason {
	var out []Reason
	for r := ReasonNone + 1; r < reasonCount; r++ {
		if r != ReasonMetadataOnly && r != ReasonObjectPart {
			out = append(out, r)
		}
	}
	return out
}
