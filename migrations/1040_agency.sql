-- The agencies of a region, a tree by parent_id. name_key is the name in lower case,
-- computed by the program, because SQLite's lower() handles only ASCII. An agency
-- exists from valid_from until the day before valid_until; null is an open or unknown
-- bound. Only names of existing agencies are unique. version is incremented by each
-- save.
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

-- Acts on agencies: a row for each pair of an agency before and an agency after the
-- act; a rename has the same agency twice, a closing none after. The names are those
-- at the time: from_name before the act, to_name after it. n numbers the rows of an
-- act from 1.
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

-- The region's own kinds of agencies, besides the common ones.
create table agency_kinds (
	region_id text not null,
	id        text not null,
	label     text not null,
	sort_key  text not null,
	primary key (region_id, id)
);

-- A region's settings about its agencies.
create table agency_settings (
	region_id       text not null,
	parent_endorses boolean not null,
	primary key (region_id)
);
