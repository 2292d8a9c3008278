-- How people get in is auth's: passwords and one-time codes leave the table of people. While code_until is set,
-- password_hash is that of a one-time code.
-- +goose Up
create table credentials (
	region_id     text not null,
	person_id     text not null,
	password_hash text not null,
	code_until    text,
	primary key (region_id, person_id),
	foreign key (region_id, person_id) references people (region_id, id)
);

insert into credentials (region_id, person_id, password_hash, code_until)
select region_id, id, password_hash, code_until
from people;

alter table people drop column password_hash;

alter table people drop column code_until;

alter table account_settings rename to auth_settings;
