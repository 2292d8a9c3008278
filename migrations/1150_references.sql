-- What became of data requests, offers and extensions when an agency or a person's assignment ended. A data
-- request was addressed to former_agency_id and former_person_id before moved_at. An
-- offered transfer that ended with its receiver has ended_at and stays until it is asked
-- again. An extension that continues another one, of an agency before it, has its id in
-- follows_id.
-- +goose Up
alter table data_requests add column former_agency_id text;
alter table data_requests add column former_person_id text;
alter table data_requests add column moved_at text;
alter table innovation_transfers add column former_agency_id text;
alter table innovation_transfers add column ended_at text;
alter table period_extensions add column follows_id text;
