-- The files of a region, from the moment at which their bytes begin to arrive, and
-- their uses. The bytes are in the folder of files, by their SHA-256. purpose is what
-- a file was sent for; size is its maximum while it is received, and counts against
-- the quota of the region. A use with ended_at has ended; a file that nothing has
-- used for a day is deleted.
-- +goose Up
create table files (
	region_id   text not null,
	id          text not null,
	purpose     text not null,
	name        text not null,
	media       text,
	size        bigint not null,
	sha256      text,
	state       text not null,
	reason      text,
	received_by text not null,
	received_at text not null,
	saved_at    text not null,
	primary key (region_id, id)
);

create index files_sha256 on files (region_id, sha256);

create table file_uses (
	region_id text not null,
	file_id   text not null,
	kind      text not null,
	ref_id    text not null,
	used_at   text not null,
	ended_at  text,
	primary key (region_id, file_id, kind, ref_id),
	foreign key (region_id, file_id) references files (region_id, id)
);

create index file_uses_ref on file_uses (region_id, ref_id, kind);
