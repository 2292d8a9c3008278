-- The forms that have created something, and where each of them led.
-- +goose Up
create table creations (
	region_id  text not null,
	id         text not null,
	person_id  text not null,
	location   text not null,
	sha256     text not null,
	created_at text not null,
	primary key (region_id, id),
	foreign key (region_id, person_id) references people (region_id, id)
);
