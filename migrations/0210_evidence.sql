-- Answers per innovation, period and indicator; documents, and what each proves. A
-- document that is a link has an address and no file.
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

-- What the answers of an innovation in a period add up to, written once in the
-- transaction of each change of them. What lists filter or sort by is a column;
-- the rest is JSON in detail: {"proven":{CODE:LEVEL},"unproven":{CODE:LEVEL}}, the
-- options that are chosen, with and without a document that proves them.
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

-- Whoever deletes a file asks here, as in the other tables that name one.
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

-- Who opened which evidence, when, and why where a reason was asked for. It only grows.
create table evidence_openings (
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

create index evidence_openings_document on evidence_openings (region_id, document_id, opened_at);

-- What the heads of agencies have endorsed: a row for each innovation, period and
-- agency whose head stands behind it. profile_version and answers_sum say what they
-- saw; where they differ from what is there now the endorsement no longer holds.
-- agency_name, name and acting are those of the moment.
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
	answers_sum     text not null,
	endorsed_at     text not null,
	primary key (region_id, innovation_id, period_id, agency_id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id),
	foreign key (region_id, agency_id) references agencies (region_id, id)
);
