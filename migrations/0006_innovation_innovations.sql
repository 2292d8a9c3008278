-- Innovations with their profile. A day is text such as 2025-03-14, empty where there is none.
-- +goose Up
create table innovations (
	region_id    text not null,
	id           text not null,
	agency_id    text not null,
	name         text not null,
	affair       text not null,
	tried_on     text not null,
	applied_on   text not null,
	developed_on text not null,
	design       text not null,
	made_at      text not null,
	changed_at   text not null,
	version      bigint not null,
	primary key (region_id, id),
	foreign key (region_id, agency_id) references agencies (region_id, id)
);

create index innovations_agency on innovations (region_id, agency_id);
