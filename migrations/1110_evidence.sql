-- Answers by innovation, period and indicator; documents, and which indicators they
-- prove. A document that is a link has an address and no file.
-- +goose Up
create table answers (
	region_id     text not null,
	innovation_id text not null,
	period_id     text not null,
	code          text not null,
	basis         text,
	level         bigint,
	finished      boolean not null,
	answered_by   text not null,
	answered_at   text not null,
	version       bigint not null,
	primary key (region_id, innovation_id, period_id, code),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id)
);

-- The summary of the answers of an innovation in a period, written once in each
-- transaction that changes them. What lists filter or sort by is a column; the rest
-- is JSON in detail: {"proven":{CODE:LEVEL},"unproven":{CODE:LEVEL}}, the chosen
-- options with and without a document.
create table answer_summaries (
	region_id     text not null,
	innovation_id text not null,
	period_id     text not null,
	answered      bigint not null,
	finished      bigint not null,
	detail        text not null,
	primary key (region_id, period_id, innovation_id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id)
);

create table documents (
	region_id     text not null,
	id            text not null,
	innovation_id text not null,
	kind          text not null,
	number        text,
	day           text,
	subject       text,
	issuer        text,
	address       text,
	file_id       text,
	added_by      text not null,
	added_at      text not null,
	primary key (region_id, id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, file_id) references files (region_id, id)
);

create index documents_innovation on documents (region_id, innovation_id);

-- Deleting a file checks this table, as every other one that refers to files.
create index documents_file on documents (region_id, file_id);

create table document_uses (
	region_id   text not null,
	document_id text not null,
	period_id   text not null,
	code        text not null,
	used_at     text not null,
	primary key (region_id, document_id, period_id, code),
	foreign key (region_id, document_id) references documents (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id)
);

-- The access log of documents: who opened which, when, and why if a reason was
-- required. Rows are never deleted.
create table evidence_accesses (
	region_id   text not null,
	id          text not null,
	document_id text not null,
	opened_by   text not null,
	name        text not null,
	opened_at   text not null,
	reason      text,
	primary key (region_id, id),
	foreign key (region_id, document_id) references documents (region_id, id)
);

create index evidence_accesses_document on evidence_accesses (region_id, document_id, opened_at);

-- The endorsements by heads of agencies, one for each innovation, period and agency.
-- profile_version and answers_sha256 are the fingerprint of what they were shown; if it
-- differs from the current content, the endorsement is no longer valid. agency_name,
-- name and acting are those at the time.
create table endorsements (
	region_id       text not null,
	innovation_id   text not null,
	period_id       text not null,
	agency_id       text not null,
	agency_name     text not null,
	endorsed_by     text not null,
	name            text not null,
	acting          text,
	profile_version bigint not null,
	answers_sha256  text not null,
	endorsed_at     text not null,
	primary key (region_id, innovation_id, period_id, agency_id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id),
	foreign key (region_id, agency_id) references agencies (region_id, id)
);
