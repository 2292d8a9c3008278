-- Who opened which evidence, when, and why where a reason was asked for. It only grows.
-- +goose Up
create table evidence_openings (
	region_id   text not null,
	id          text not null,
	document_id text not null,
	opened_by   text not null,
	name        text not null,
	opened_at   text not null,
	reason      text not null,
	primary key (region_id, id),
	foreign key (region_id, document_id) references documents (region_id, id)
);

create index evidence_openings_document on evidence_openings (region_id, document_id, opened_at);
