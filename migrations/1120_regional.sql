-- A region's own answers in a period, their figures by year, and their proofs. A
-- proof that is an address has no file; one with ended_at has been detached.
-- agency_id is set if an agency has sent it on request.
-- +goose Up
create table regional_answers (
	region_id   text not null,
	period_id   text not null,
	code        text not null,
	level       bigint,
	unit        text,
	source      text,
	answered_by text not null,
	answered_at text not null,
	version     bigint not null,
	primary key (region_id, period_id, code),
	foreign key (region_id, period_id) references periods (region_id, id)
);

create table regional_figures (
	region_id text not null,
	period_id text not null,
	code      text not null,
	year      bigint not null,
	value     text not null,
	primary key (region_id, period_id, code, year),
	foreign key (region_id, period_id, code) references regional_answers (region_id, period_id, code)
);

create index regional_figures_code on regional_figures (region_id, code, year);

create table regional_proofs (
	region_id text not null,
	id        text not null,
	period_id text not null,
	code      text not null,
	agency_id text,
	subject   text,
	address   text,
	file_id   text,
	added_by  text not null,
	added_at  text not null,
	ended_at  text,
	primary key (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id),
	foreign key (region_id, file_id) references files (region_id, id)
);

create index regional_proofs_code on regional_proofs (region_id, period_id, code);

create index regional_proofs_file on regional_proofs (region_id, file_id);

-- BRIDA's data requests to agencies, one for each row, and the answers. person_id is
-- null if all Deputi of the agency are asked; the columns of the answer are null
-- until there is one.
create table data_requests (
	region_id  text not null,
	id         text not null,
	period_id  text not null,
	code       text not null,
	agency_id  text not null,
	person_id  text,
	due        text not null,
	note       text,
	state      text not null,
	reason     text,
	asked_by   text not null,
	asked_at   text not null,
	year       bigint,
	value      text,
	unit       text,
	source     text,
	reply      text,
	replied_by text,
	replied_at text,
	file_id    text,
	applied    boolean not null,
	version    bigint not null,
	primary key (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id),
	foreign key (region_id, agency_id) references agencies (region_id, id),
	foreign key (region_id, file_id) references files (region_id, id)
);

create index data_requests_period on data_requests (region_id, period_id, due);

create index data_requests_file on data_requests (region_id, file_id);
