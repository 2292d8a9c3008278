-- The agencies of a region. name_key holds the name in small letters: SQLite's
-- own lower() knows only ASCII, so the program makes it.
-- +goose Up
create table agencies (
	region_id text not null,
	id        text not null,
	name      text not null,
	name_key  text not null,
	kind      text not null,
	primary key (region_id, id)
);

create unique index agencies_name on agencies (region_id, name_key);
