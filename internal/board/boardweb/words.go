package boardweb

import (
	"context"
	"net/url"
	"strings"

	"siida.id/internal/base/zone"
	"siida.id/internal/board"
	"siida.id/internal/infra/i18n"
	"siida.id/web/ui"
)

// rolesOf and stitchesOf have the look of the groups.
var (
	rolesOf    = map[board.Group]ui.Role{board.Late: ui.Negative, board.Behind: ui.Warning, board.OnTrack: ui.Brand, board.Done: ui.Positive}
	stitchesOf = map[board.Group]ui.Stitch{board.Late: ui.Bad, board.Behind: ui.Part, board.OnTrack: ui.Done, board.Done: ui.Good}
)

// shownOf has how many agencies of a group the whole board shows; those that are done are
// only counted.
var shownOf = map[board.Group]int{board.Late: 40, board.Behind: 7, board.OnTrack: 6}

func groupName(ctx context.Context, g board.Group) string {
	switch g {
	case board.Late:
		return i18n.T(ctx, "board.group_late")
	case board.Behind:
		return i18n.T(ctx, "board.group_behind")
	case board.OnTrack:
		return i18n.T(ctx, "board.group_on_track")
	case board.Done:
	}
	return i18n.T(ctx, "board.group_done")
}

// note says what the agencies of a group have in common.
func (p boardPage) note(ctx context.Context, g board.Group) string {
	switch {
	case g == board.Late:
		return i18n.T(ctx, "board.note_late", i18n.Args{"Count": p.Thresholds.QuietDays})
	case g == board.Behind:
		return i18n.T(ctx, "board.note_behind", i18n.Args{"Count": p.Thresholds.PaceDays})
	case g == board.OnTrack && p.Now.Before(p.Period.Opens):
		return i18n.T(ctx, "board.reason_not_open")
	case g == board.OnTrack && p.Period.Closes.IsZero():
		return i18n.T(ctx, "board.note_no_end")
	case g == board.OnTrack:
		return i18n.T(ctx, "board.note_on_track")
	}
	return i18n.T(ctx, "board.note_done")
}

// why says the reason of a verdict.
func why(ctx context.Context, v board.Verdict) string {
	key, args := v.Message()
	return i18n.Format(ctx, key, args)
}

// last says how long ago an agency changed something.
func (p boardPage) last(ctx context.Context, l board.Line) string {
	switch days := l.Last.DaysUntil(p.Today); {
	case l.Last == "":
		return i18n.T(ctx, "board.never")
	case days <= 0:
		return i18n.T(ctx, "board.today")
	case days == 1:
		return i18n.T(ctx, "board.yesterday")
	default:
		return i18n.T(ctx, "board.days", i18n.Args{"Count": days})
	}
}

// late is the reminder's address for all that are late.
const late = string(board.Late)

// at returns the address of the board with a group and a reminder; both may be empty.
func at(g board.Group, reminder string) string {
	query, end := url.Values{}, ""
	if g != "" {
		query.Set("kelompok", string(g))
	}
	if reminder != "" {
		query.Set("pengingat", reminder)
		end = "#pengingat"
	}
	if len(query) == 0 {
		return "/kemajuan"
	}
	return "/kemajuan?" + query.Encode() + end
}

// remind sets the reminder for all that are late, or for one agency by its id, or says
// why there is none. It has no name of a person, and an address that asks to sign in.
func (p *boardPage) remind(ctx context.Context, of, address string) {
	if of == "" {
		return
	}
	list := p.In(board.Late)
	one, found := p.ByID(of)
	var lines []string
	r := ui.Reminder{Hint: i18n.T(ctx, "board.reminder_hint"), Close: at(p.group, "")}
	switch {
	case of == late && len(list) == 0:
		p.unreminded = i18n.T(ctx, "board.nobody_late")
		return
	case of == late:
		r.Title = i18n.T(ctx, "board.reminder_late", i18n.Args{"Count": len(list)})
		one.Until = p.Period.Closes
		lines = []string{p.closing(ctx, one), i18n.T(ctx, "board.text_late", i18n.Args{"Names": names(ctx, list)})}
	case !found:
		p.unreminded = i18n.T(ctx, "board.unknown_agency")
		return
	default:
		r.Title = i18n.T(ctx, "board.reminder_agency", i18n.Args{"Name": one.Name})
		lines = []string{p.closing(ctx, one), i18n.T(ctx, "board.text_agency", i18n.Args{"Name": one.Name, "Why": why(ctx, one.Verdict)})}
		if one.Innovations > 0 {
			lines = append(lines, i18n.T(ctx, "board.text_finished", i18n.Args{
				"Done": one.Finished, "All": one.Total, "Proven": one.Proven, "Endorsed": one.Endorsed, "Innovations": one.Innovations,
			}))
		}
	}
	r.Text = strings.Join(append(lines, i18n.T(ctx, "board.text_address", i18n.Args{"Address": address + "/"})), "\n")
	r.Share = "https://wa.me/?text=" + url.QueryEscape(r.Text)
	p.reminder = &r
}

// closing says when the time of an agency ends, and how many days are left.
func (p boardPage) closing(ctx context.Context, l board.Line) string {
	args := i18n.Args{"Year": p.Period.ID, "Moment": i18n.Moment(ctx, l.Until)}
	switch days := p.Today.DaysUntil(zone.Day(ctx, l.Until)); {
	case l.Until.IsZero():
		return i18n.T(ctx, "board.text_open", args)
	case !p.Now.Before(l.Until):
		return i18n.T(ctx, "board.text_over", args)
	case days == 0:
		args["Left"] = i18n.T(ctx, "board.left_today")
	default:
		args["Left"] = i18n.T(ctx, "board.left_days", i18n.Args{"Count": days})
	}
	return i18n.T(ctx, "board.text_closes", args)
}

// names joins the names of agencies.
func names(ctx context.Context, list []board.Line) string {
	var all []string
	for _, l := range list {
		all = append(all, l.Name)
	}
	last := len(all) - 1
	if last == 0 {
		return all[0]
	}
	return i18n.T(ctx, "board.names", i18n.Args{"Rest": strings.Join(all[:last], ", "), "Last": all[last]})
}
