package innovation

import (
	"strings"

	"siida.id/internal/base/day"
)

// Fact is a value of a profile; Key is the message with its label.
type Fact struct {
	Key, Value string
	Day        day.Day // if the value is a day
	Long       bool    // may have several lines
}

// Facts returns the filled fields of a profile, in the order of the form, without
// those at the head of its page: name, agency, main affair and design.
func Facts(i Innovation) (list []Fact) {
	for _, f := range []Fact{
		{Key: "innovation.reason", Value: i.StateNote},
		{Key: "innovation.initiator", Value: i.Initiator},
		{Key: "innovation.initiator_name", Value: i.InitiatorName},
		{Key: "innovation.class", Value: i.Class},
		{Key: "innovation.kind", Value: i.Kind},
		{Key: "innovation.shape", Value: i.Shape},
		{Key: "innovation.other_affairs", Value: strings.Join(i.OtherAffairs, "; ")},
		{Key: "innovation.themes", Value: strings.Join(i.Themes, "; ")},
		{Key: "innovation.tried_on", Value: string(i.TriedOn), Day: i.TriedOn},
		{Key: "innovation.applied_on", Value: string(i.AppliedOn), Day: i.AppliedOn},
		{Key: "innovation.developed_on", Value: string(i.DevelopedOn), Day: i.DevelopedOn},
		{Key: "innovation.development", Value: i.Development, Long: true},
		{Key: "innovation.earlier", Value: i.EarlierName},
		{Key: "innovation.decree", Value: i.DecreeNumber},
		{Key: "innovation.latitude", Value: i.Latitude},
		{Key: "innovation.longitude", Value: i.Longitude},
		{Key: "innovation.law", Value: i.Law, Long: true},
		{Key: "innovation.problem", Value: i.Problem, Long: true},
		{Key: "innovation.issue_global", Value: i.GlobalIssue, Long: true},
		{Key: "innovation.issue_national", Value: i.NationalIssue, Long: true},
		{Key: "innovation.issue_local", Value: i.LocalIssue, Long: true},
		{Key: "innovation.method", Value: i.Method, Long: true},
		{Key: "innovation.novelty", Value: i.Novelty, Long: true},
		{Key: "innovation.aim", Value: i.Aim, Long: true},
		{Key: "innovation.benefit", Value: i.Benefit, Long: true},
		{Key: "innovation.result", Value: i.Result, Long: true},
		{Key: "innovation.rights", Value: i.Rights, Long: true},
		{Key: "innovation.awards", Value: i.Awards, Long: true},
		{Key: "innovation.programme", Value: i.Programme},
		{Key: "innovation.activity", Value: i.Activity},
		{Key: "innovation.sub_activity", Value: i.SubActivity},
		{Key: "innovation.goals", Value: i.Goals, Long: true},
	} {
		if f.Value != "" {
			list = append(list, f)
		}
	}
	return list
}
