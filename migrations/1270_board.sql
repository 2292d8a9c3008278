-- What the progress board adds up. finished_at is when an answer became finished, null
-- while it is not. In a summary proven is the number of options with evidence,
-- answers_sha256 the digest of the content that heads endorse, and changed_at when an
-- answer or its evidence was changed last. They are null in older rows until the
-- program, at its next start, refreshes these. board_settings are a region's thresholds
-- in days; without a row those of the program apply.
-- +goose Up
alter table answers add column finished_at text;

create index answers_finished on answers (region_id, period_id, finished_at, innovation_id)
	where finished_at is not null;

alter table answer_summaries add column proven bigint;
alter table answer_summaries add column answers_sha256 text;
alter table answer_summaries add column changed_at text;

create index answer_summaries_old on answer_summaries (region_id, period_id, innovation_id)
	where answers_sha256 is null;

drop index innovations_agency;

create index innovations_agency on innovations (region_id, agency_id, state, id, version, changed_at);

create table board_settings (
	region_id  text not null,
	quiet_days bigint not null,
	pace_days  bigint not null,
	primary key (region_id)
);
