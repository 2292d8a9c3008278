-- The letterhead of a region's official letters, the pattern of their numbers, and
-- the signer. logo_id is the file of the crest; pdf_id and workbook_id are the files of
-- an issued report.
-- +goose Up
create table report_letterheads (
	region_id    text not null,
	government   text not null,
	agency       text not null,
	address      text not null,
	contact      text,
	logo_id      text,
	pattern      text not null,
	code         text,
	place        text not null,
	office       text not null,
	position     text not null,
	title_before text,
	name         text not null,
	title_after  text,
	rank         text,
	nip          text,
	saved_by     text not null,
	saved_at     text not null,
	version      bigint not null,
	primary key (region_id),
	foreign key (region_id, logo_id) references files (region_id, id)
);

-- The register of issued reports. report_numbers has the last used number of a year;
-- its row makes concurrent issues wait for each other, so that numbers have no gaps.
-- The unique key of the register prevents using a number twice.
create table report_numbers (
	region_id text not null,
	year      bigint not null,
	last      bigint not null,
	primary key (region_id, year)
);

create table report_issued (
	region_id    text not null,
	id           text not null,
	year         bigint not null,
	n            bigint not null,
	number       text not null,
	code         text not null,
	period_id    text not null,
	issued_on    text not null,
	figures_on   text not null,
	figure       text not null,
	predicate    text not null,
	signer       text not null,
	issued_by    text not null,
	by_name      text not null,
	issued_at    text not null,
	pdf_id       text not null,
	workbook_id  text not null,
	revoked_why  text,
	revoked_by   text,
	revoked_name text,
	revoked_on   text,
	primary key (region_id, id),
	unique (region_id, year, n),
	unique (region_id, code),
	foreign key (region_id, period_id) references periods (region_id, id),
	foreign key (region_id, pdf_id) references files (region_id, id),
	foreign key (region_id, workbook_id) references files (region_id, id)
);

create index report_issued_pdf on report_issued (region_id, pdf_id);

create index report_issued_workbook on report_issued (region_id, workbook_id);
