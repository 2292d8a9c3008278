-- Innovations with their profiles. A day is text such as 2025-03-14; a list is text
-- with one item a line. state is null for an active innovation, else ditarik or
-- arsip.
-- +goose Up
create table innovations (
	region_id      text not null,
	id             text not null,
	agency_id      text not null,
	name           text not null,
	sort_key       text not null,
	affair         text,
	tried_on       text,
	applied_on     text,
	developed_on   text,
	design         text,
	initiator      text,
	initiator_name text,
	class          text,
	kind           text,
	shape          text,
	other_affairs  text,
	themes         text,
	latitude       text,
	longitude      text,
	law            text,
	problem        text,
	issue_global   text,
	issue_national text,
	issue_local    text,
	method         text,
	novelty        text,
	aim            text,
	benefit        text,
	result         text,
	rights         text,
	awards         text,
	programme      text,
	activity       text,
	sub_activity   text,
	goals          text,
	development    text,
	earlier_id     text,
	state          text,
	state_note     text,
	created_at     text not null,
	changed_at     text not null,
	version        bigint not null,
	primary key (region_id, id),
	foreign key (region_id, agency_id) references agencies (region_id, id)
);

-- Home pages count a region's innovations by agency. The index has all columns that
-- they need, so that the rows, which are long, are not read.
create index innovations_agency on innovations (region_id, agency_id, state, id);

-- The owners of an innovation, from from_day until the day before until_day; null is
-- an open or unknown bound. step numbers the owners of an innovation from 1.
create table innovation_owners (
	region_id     text not null,
	innovation_id text not null,
	step          bigint not null,
	agency_id     text not null,
	from_day      text,
	until_day     text,
	number        text,
	primary key (region_id, innovation_id, step),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, agency_id) references agencies (region_id, id)
);

-- The open requests to transfer an innovation.
create table innovation_transfers (
	region_id     text not null,
	innovation_id text not null,
	to_agency_id  text not null,
	note          text,
	asked_at      text not null,
	primary key (region_id, innovation_id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, to_agency_id) references agencies (region_id, id)
);
