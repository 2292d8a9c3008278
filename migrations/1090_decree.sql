-- Decrees (SK), each entered once, and the innovations that they name. Their scans
-- are files.
-- +goose Up
create table decrees (
	region_id    text not null,
	id           text not null,
	number       text not null,
	day          text not null,
	subject      text not null,
	implementers text not null,
	created_at   text not null,
	changed_at   text not null,
	version      bigint not null,
	primary key (region_id, id)
);

create unique index decrees_number on decrees (region_id, number);

create table decree_innovations (
	region_id     text not null,
	decree_id     text not null,
	innovation_id text not null,
	primary key (region_id, decree_id, innovation_id),
	foreign key (region_id, decree_id) references decrees (region_id, id),
	foreign key (region_id, innovation_id) references innovations (region_id, id)
);

create index decree_innovations_innovation on decree_innovations (region_id, innovation_id);
