-- What BRIDA explains about an indicator in a period, and sample files that show what
-- proves it, or what does not: verdict is benar or salah.
-- +goose Up
create table guidance (
	region_id  text not null,
	period_id  text not null,
	code       text not null,
	words      text not null,
	changed_by text not null,
	changed_at text not null,
	version    bigint not null,
	primary key (region_id, period_id, code),
	foreign key (region_id, period_id) references periods (region_id, id)
);

create table guidance_samples (
	region_id text not null,
	file_id   text not null,
	period_id text not null,
	code      text not null,
	verdict   text not null,
	caption   text not null,
	shown_by  text not null,
	shown_at  text not null,
	primary key (region_id, file_id),
	foreign key (region_id, file_id) references files (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id)
);

create index guidance_samples_code on guidance_samples (region_id, period_id, code);
