-- Decrees (SK), each entered once, the innovations that they name, and their scans. A scan with ended_at has been
-- replaced; its bytes stay.
-- +goose Up
create table decrees (
	region_id    text not null,
	id           text not null,
	number       text not null,
	day          text not null,
	subject      text not null,
	implementers text not null,
	made_at      text not null,
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

create table decree_scans (
	region_id text not null,
	id        text not null,
	decree_id text not null,
	name      text not null,
	media     text not null,
	size      bigint not null,
	sum       text not null,
	added_by  text not null,
	added_at  text not null,
	ended_at  text,
	primary key (region_id, id),
	foreign key (region_id, decree_id) references decrees (region_id, id)
);

create index decree_scans_decree on decree_scans (region_id, decree_id);
