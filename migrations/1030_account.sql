-- People and their assignments. version is incremented when name, phone or language
-- is saved, so that of two people with the form open the second does not overwrite
-- the first. An assignment without an agency is for the whole region.
-- +goose Up
create table people (
	region_id text not null,
	id        text not null,
	name      text not null,
	sort_key  text not null,
	login     text not null,
	active    boolean not null,
	phone     text,
	language  text,
	version   bigint not null default 1,
	primary key (region_id, id),
	unique (region_id, login)
);

create table assignments (
	region_id      text not null,
	id             text not null,
	person_id      text not null,
	role           text not null,
	agency         text,
	acting         text,
	valid_from     text not null,
	valid_until    text,
	decree_number  text,
	decree_day     text,
	decree_subject text,
	primary key (region_id, id),
	foreign key (region_id, person_id) references people (region_id, id)
);

create index assignments_person on assignments (region_id, person_id);

create index assignments_agency on assignments (region_id, agency, role);
