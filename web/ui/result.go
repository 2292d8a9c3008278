package ui

import (
	"context"

	"siida.id/internal/infra/i18n"
)

// Result is what a form has done, as the address has it to which its answer redirects.
type Result string

// The results.
const (
	Saved                Result = "1" // of a form that is only saved
	PeriodOpened         Result = "periode-dibuka"
	PeriodClosed         Result = "periode-ditutup"
	PeriodReopened       Result = "periode-dibuka-lagi"
	PeriodArchived       Result = "periode-diarsipkan"
	DeadlineAdded        Result = "tenggat-ditambahkan"
	DeadlineDeleted      Result = "tenggat-dihapus"
	ExtensionGranted     Result = "perpanjangan-diberikan"
	ExtensionRevoked     Result = "perpanjangan-dicabut"
	InnovationRegistered Result = "inovasi-didaftarkan"
	InnovationWithdrawn  Result = "inovasi-ditarik"
	InnovationArchived   Result = "inovasi-diarsipkan"
	InnovationRestored   Result = "inovasi-dipulihkan"
	TransferAsked        Result = "pindah-diminta"
	TransferAccepted     Result = "pindah-diterima"
	TransferRefused      Result = "pindah-ditolak"
	TransferCancelled    Result = "pindah-dibatalkan"
	Endorsed             Result = "inovasi-disahkan"
	EndorsementRevoked   Result = "pengesahan-dicabut"
	ProofDetached        Result = "bukti-dilepas"
	ProofReattached      Result = "bukti-dipasang-lagi"
	FileAttached         Result = "berkas-dilampirkan"
	FileDetached         Result = "berkas-dilepas"
	SampleDropped        Result = "contoh-dilepas"
	AgencyRenamed        Result = "nama-diganti"
	AgencyMerged         Result = "perangkat-digabung"
	AgencySplit          Result = "perangkat-dipecah"
	AgencyClosed         Result = "perangkat-ditutup"
	Assigned             Result = "penugasan-diberikan"
	AssignmentEnded      Result = "penugasan-diakhiri"
	Deactivated          Result = "akun-dinonaktifkan"
	Activated            Result = "akun-diaktifkan"
	FactorReset          Result = "verifikasi-diakhiri"
	SessionsEnded        Result = "sesi-diakhiri"
	PasswordChanged      Result = "sandi-diganti"
	DataAsked            Result = "data-diminta"
	DataReplied          Result = "data-dijawab"
	DataAccepted         Result = "data-diterima"
	DataReturned         Result = "data-dikembalikan"
	DataWithdrawn        Result = "data-ditarik"
	DataApplied          Result = "data-dipakai"
	ReportIssued         Result = "laporan-diterbitkan"
	ReportRevoked        Result = "laporan-dicabut"
	PersonAdded          Result = "orang-ditambahkan"
)

// Text returns the sentence of a result; for an unknown one that the form was saved.
func (r Result) Text(ctx context.Context) string {
	switch r {
	case Saved: // below
	case PeriodOpened:
		return i18n.T(ctx, "ui.done_period_opened")
	case PeriodClosed:
		return i18n.T(ctx, "ui.done_period_closed")
	case PeriodReopened:
		return i18n.T(ctx, "ui.done_period_reopened")
	case PeriodArchived:
		return i18n.T(ctx, "ui.done_period_archived")
	case DeadlineAdded:
		return i18n.T(ctx, "ui.done_deadline_added")
	case DeadlineDeleted:
		return i18n.T(ctx, "ui.done_deadline_deleted")
	case ExtensionGranted:
		return i18n.T(ctx, "ui.done_extension_granted")
	case ExtensionRevoked:
		return i18n.T(ctx, "ui.done_extension_revoked")
	case InnovationRegistered:
		return i18n.T(ctx, "ui.done_innovation_registered")
	case InnovationWithdrawn:
		return i18n.T(ctx, "ui.done_innovation_withdrawn")
	case InnovationArchived:
		return i18n.T(ctx, "ui.done_innovation_archived")
	case InnovationRestored:
		return i18n.T(ctx, "ui.done_innovation_restored")
	case TransferAsked:
		return i18n.T(ctx, "ui.done_transfer_asked")
	case TransferAccepted:
		return i18n.T(ctx, "ui.done_transfer_accepted")
	case TransferRefused:
		return i18n.T(ctx, "ui.done_transfer_refused")
	case TransferCancelled:
		return i18n.T(ctx, "ui.done_transfer_cancelled")
	case Endorsed:
		return i18n.T(ctx, "ui.done_endorsed")
	case EndorsementRevoked:
		return i18n.T(ctx, "ui.done_endorsement_revoked")
	case ProofDetached:
		return i18n.T(ctx, "ui.done_proof_detached")
	case ProofReattached:
		return i18n.T(ctx, "ui.done_proof_reattached")
	case FileAttached:
		return i18n.T(ctx, "ui.done_file_attached")
	case FileDetached:
		return i18n.T(ctx, "ui.done_file_detached")
	case SampleDropped:
		return i18n.T(ctx, "ui.done_sample_dropped")
	case AgencyRenamed:
		return i18n.T(ctx, "ui.done_agency_renamed")
	case AgencyMerged:
		return i18n.T(ctx, "ui.done_agency_merged")
	case AgencySplit:
		return i18n.T(ctx, "ui.done_agency_split")
	case AgencyClosed:
		return i18n.T(ctx, "ui.done_agency_closed")
	case Assigned:
		return i18n.T(ctx, "ui.done_assigned")
	case AssignmentEnded:
		return i18n.T(ctx, "ui.done_assignment_ended")
	case Deactivated:
		return i18n.T(ctx, "ui.done_deactivated")
	case Activated:
		return i18n.T(ctx, "ui.done_activated")
	case FactorReset:
		return i18n.T(ctx, "ui.done_factor_reset")
	case SessionsEnded:
		return i18n.T(ctx, "ui.done_sessions_ended")
	case PasswordChanged:
		return i18n.T(ctx, "ui.done_password_changed")
	case DataAsked:
		return i18n.T(ctx, "ui.done_data_asked")
	case DataReplied:
		return i18n.T(ctx, "ui.done_data_replied")
	case DataAccepted:
		return i18n.T(ctx, "ui.done_data_accepted")
	case DataReturned:
		return i18n.T(ctx, "ui.done_data_returned")
	case DataWithdrawn:
		return i18n.T(ctx, "ui.done_data_withdrawn")
	case DataApplied:
		return i18n.T(ctx, "ui.done_data_applied")
	case ReportIssued:
		return i18n.T(ctx, "ui.done_report_issued")
	case ReportRevoked:
		return i18n.T(ctx, "ui.done_report_revoked")
	case PersonAdded:
		return i18n.T(ctx, "ui.done_person_added")
	}
	return i18n.T(ctx, "ui.saved")
}
