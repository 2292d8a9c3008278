-- Files of a profile (anggaran, profil-bisnis, haki, penghargaan) and the scan of
-- a decree (sk): each belongs to one of the two. One with ended_at has been taken
-- off; its bytes stay.
-- +goose Up
create table innovation_files (
	region_id     text not null,
	id            text not null,
	innovation_id text,
	decree_id     text,
	kind          text not null,
	name          text not null,
	media         text not null,
	size          bigint not null,
	sum           text not null,
	added_by      text not null,
	added_at      text not null,
	ended_at      text not null default '',
	primary key (region_id, id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, decree_id) references decrees (region_id, id)
);

create index innovation_files_innovation on innovation_files (region_id, innovation_id);

create index innovation_files_decree on innovation_files (region_id, decree_id);
