-- Home pages count a region's innovations by agency; the index holds all that
-- they read of each, so that the profiles themselves, which are long, stay shut.
-- +goose Up
drop index innovations_agency;
create index innovations_agency on innovations (region_id, agency_id, state, id);
