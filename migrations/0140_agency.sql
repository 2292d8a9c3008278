-- The agencies of a region, a tree by parent_id. name_key holds the name in small
-- letters: SQLite's own lower() knows only ASCII, so the program makes it. An
-- agency's life runs from valid_from up to valid_until, the first day on which
-- it is no more; null leaves that end open. Only a living name has to be unique.
-- version counts the saves, as for people.
-- +goose Up
create table agencies (
	region_id   text not null,
	id          text not null,
	name        text not null,
	name_key    text not null,
	sort_key    text not null,
	kind        text not null,
	parent_id   text,
	valid_from  text,
	valid_until text,
	version     bigint not null default 1,
	primary key (region_id, id)
);

create unique index agencies_name on agencies (region_id, name_key)
	where valid_until is null;

create index agencies_parent on agencies (region_id, parent_id);

-- What became of agencies: a row for each that an act is from, and each that it
-- leads to; a rename leads to the same, a closing to none. The names are
-- those of the time: of the one before the act, of the other after it. n counts the rows
-- of an act from 1.
create table agency_acts (
	region_id     text not null,
	act_id        text not null,
	n             bigint not null,
	from_id       text not null,
	to_id         text,
	move          text not null,
	on_day        text not null,
	decree_number text not null,
	decree_day    text not null,
	from_name     text not null,
	to_name       text,
	primary key (region_id, act_id, n)
);

create index agency_acts_from on agency_acts (region_id, from_id, on_day);

create index agency_acts_to on agency_acts (region_id, to_id, on_day);

-- Kinds that a region has beside those that every region has.
create table agency_kinds (
	region_id text not null,
	id        text not null,
	label     text not null,
	sort_key  text not null,
	primary key (region_id, id)
);

-- What a region has decided about its agencies.
create table agency_settings (
	region_id       text not null,
	parent_endorses boolean not null,
	primary key (region_id)
);
