-- Who opened what is not public, and who was refused what, for 90 days. Refusals of
-- people who were not signed in, and those of a person beyond 300 an hour, are counted
-- by the hour.
-- +goose Up
create table access_entries (
	region_id text not null,
	id        text not null,
	at        text not null,
	person_id text not null,
	name      text not null,
	address   text not null,
	route     text not null,
	path      text,
	outcome   text not null,
	primary key (region_id, id),
	foreign key (region_id, person_id) references people (region_id, id)
);

create index access_entries_at on access_entries (region_id, at);

create index access_entries_person on access_entries (region_id, person_id, at);

create table refusal_counts (
	region_id text not null,
	hour      text not null,
	route     text not null,
	outcome   text not null,
	count     bigint not null,
	primary key (region_id, hour, route, outcome)
);
