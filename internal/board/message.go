package board

import "siida.id/internal/base/fault"

// Message returns the message that says why an agency is in its group, and its arguments.
func (v Verdict) Message() (key string, args fault.Args) {
	days, count := fault.Args{"Count": v.Days, "Name": v.Deadline}, fault.Args{"Count": v.Count}
	switch v.Reason {
	case NoInnovation:
		return "board.reason_no_innovation", nil
	case TimeOver:
		if v.Days == 0 {
			return "board.reason_time_over_today", nil
		}
		return "board.reason_time_over", days
	case NotStarted:
		return "board.reason_not_started", nil
	case RequestOverdue:
		return "board.reason_request_overdue", days
	case DeadlinePassed:
		if v.Days == 0 {
			return "board.reason_deadline_today", days
		}
		return "board.reason_deadline_passed", days
	case NoMovement:
		return "board.reason_no_movement", days
	case NotOpen:
		return "board.reason_not_open", nil
	case Unfinished:
		return "board.reason_unfinished", count
	case Unproven:
		return "board.reason_unproven", count
	case Unendorsed:
		return "board.reason_unendorsed", count
	case Requested:
		return "board.reason_requested", count
	case Complete:
	}
	return "board.reason_complete", nil
}
