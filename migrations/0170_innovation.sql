-- Innovations with their profile. A day is text such as 2025-03-14, empty where there is none;
-- a list is text with an item a line. state is '' for an innovation at work, else ditarik or arsip.
-- +goose Up
create table innovations (
	region_id      text not null,
	id             text not null,
	agency_id      text not null,
	name           text not null,
	sort_key       text not null,
	affair         text not null,
	tried_on       text not null,
	applied_on     text not null,
	developed_on   text not null,
	design         text not null,
	initiator      text not null default '',
	initiator_name text not null default '',
	class          text not null default '',
	kind           text not null default '',
	shape          text not null default '',
	other_affairs  text not null default '',
	themes         text not null default '',
	latitude       text not null default '',
	longitude      text not null default '',
	law            text not null default '',
	problem        text not null default '',
	issue_global   text not null default '',
	issue_national text not null default '',
	issue_local    text not null default '',
	method         text not null default '',
	novelty        text not null default '',
	aim            text not null default '',
	benefit        text not null default '',
	result         text not null default '',
	rights         text not null default '',
	awards         text not null default '',
	programme      text not null default '',
	activity       text not null default '',
	sub_activity   text not null default '',
	goals          text not null default '',
	development    text not null default '',
	earlier_id     text not null default '',
	state          text not null default '',
	state_note     text not null default '',
	made_at        text not null,
	changed_at     text not null,
	version        bigint not null,
	primary key (region_id, id),
	foreign key (region_id, agency_id) references agencies (region_id, id)
);

-- Home pages count a region's innovations by agency; the index holds all that
-- they read of each, so that the profiles themselves, which are long, stay shut.
create index innovations_agency on innovations (region_id, agency_id, state, id);

-- Whose an innovation was and is. A row runs from from_day up to until_day, the first day on which it is no more;
-- '' leaves that end open. step counts the owners of an innovation from 1.
create table innovation_owners (
	region_id     text not null,
	innovation_id text not null,
	step          bigint not null,
	agency_id     text not null,
	from_day      text not null,
	until_day     text not null,
	number        text not null,
	primary key (region_id, innovation_id, step),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, agency_id) references agencies (region_id, id)
);

-- The open requests to hand an innovation on.
create table innovation_transfers (
	region_id     text not null,
	innovation_id text not null,
	to_agency_id  text not null,
	note          text not null,
	asked_at      text not null,
	primary key (region_id, innovation_id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, to_agency_id) references agencies (region_id, id)
);

-- Files of a profile (anggaran, profil-bisnis, haki, penghargaan, foto). One with ended_at has been taken off; its bytes stay.
create table innovation_files (
	region_id     text not null,
	id            text not null,
	innovation_id text not null,
	kind          text not null,
	name          text not null,
	media         text not null,
	size          bigint not null,
	sum           text not null,
	added_by      text not null,
	added_at      text not null,
	ended_at      text not null default '',
	primary key (region_id, id),
	foreign key (region_id, innovation_id) references innovations (region_id, id)
);

create index innovation_files_innovation on innovation_files (region_id, innovation_id);
