-- An answer is finished when it has an option and evidence that counts, or when a person
-- has marked it as finished although something is missing; answers.finished is that mark,
-- which a proven answer does not have. The summaries of all periods count so, also of
-- closed ones, which have no other figure of this.
-- +goose Up
update answers
set finished = false
where finished and level > 0 and exists (
	select 1
	from documents d
	cross join document_uses u
	where d.region_id = answers.region_id and d.innovation_id = answers.innovation_id
		and u.region_id = d.region_id and u.document_id = d.id and u.period_id = answers.period_id and u.code = answers.code
		and u.ended_at is null and not u.void
);

update answer_summaries
set finished = (
	select count(*)
	from answers a
	where a.region_id = answer_summaries.region_id and a.innovation_id = answer_summaries.innovation_id
		and a.period_id = answer_summaries.period_id and (a.finished or a.level > 0 and exists (
			select 1
			from documents d
			cross join document_uses u
			where d.region_id = a.region_id and d.innovation_id = a.innovation_id
				and u.region_id = d.region_id and u.document_id = d.id and u.period_id = a.period_id and u.code = a.code
				and u.ended_at is null and not u.void
		))
);
