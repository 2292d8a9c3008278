-- Answers per innovation, period and indicator; files, documents, and what each
-- document proves. A file's bytes lie in the folder store under their sum. A
-- document that is a link has an address and no file.
-- +goose Up
create table answers (
	region_id     text not null,
	innovation_id text not null,
	period_id     text not null,
	code          text not null,
	basis         text not null,
	level         bigint not null,
	finished      boolean not null,
	answered_by   text not null,
	answered_at   text not null,
	version       bigint not null,
	primary key (region_id, innovation_id, period_id, code),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id)
);

create index answers_period on answers (region_id, period_id);

create table files (
	region_id     text not null,
	id            text not null,
	innovation_id text not null,
	name          text not null,
	media         text not null,
	size          bigint not null,
	sum           text not null,
	added_by      text not null,
	added_at      text not null,
	primary key (region_id, id),
	foreign key (region_id, innovation_id) references innovations (region_id, id)
);

create table documents (
	region_id     text not null,
	id            text not null,
	innovation_id text not null,
	kind          text not null,
	number        text not null,
	day           text not null,
	subject       text not null,
	issuer        text not null,
	address       text not null,
	file_id       text,
	added_by      text not null,
	added_at      text not null,
	primary key (region_id, id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, file_id) references files (region_id, id)
);

create index documents_innovation on documents (region_id, innovation_id);

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

create index document_uses_period on document_uses (region_id, period_id, code);
