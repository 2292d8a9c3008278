-- A region's public address, which its papers print, and its time zone. The
-- host name follows from the address: it is kept for looking up. A day of an
-- assignment began at midnight in WIB everywhere; it now begins at midnight in
-- the region's zone. So does a period, which loses a zone of its own.
-- +goose Up
alter table regions add column url text not null default '';
alter table regions add column zone text not null default 'Asia/Jakarta';

update regions set url = 'https://' || host where host <> '';

update regions set zone = 'Asia/Makassar'
where substr(region_id, 1, 2) in ('51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76');

update regions set zone = 'Asia/Jayapura'
where substr(region_id, 1, 2) in ('81', '82', '91', '92', '93', '94', '95', '96', '97');

update assignments set valid_from = substr(valid_from, 1, 11) || '16' || substr(valid_from, 14)
where substr(valid_from, 12) = '17:00:00.000Z'
	and region_id in (select region_id from regions where zone = 'Asia/Makassar');

update assignments set valid_until = substr(valid_until, 1, 11) || '16' || substr(valid_until, 14)
where substr(valid_until, 12) = '17:00:00.000Z'
	and region_id in (select region_id from regions where zone = 'Asia/Makassar');

update assignments set valid_from = substr(valid_from, 1, 11) || '15' || substr(valid_from, 14)
where substr(valid_from, 12) = '17:00:00.000Z'
	and region_id in (select region_id from regions where zone = 'Asia/Jayapura');

update assignments set valid_until = substr(valid_until, 1, 11) || '15' || substr(valid_until, 14)
where substr(valid_until, 12) = '17:00:00.000Z'
	and region_id in (select region_id from regions where zone = 'Asia/Jayapura');

alter table periods drop column zone;
