-- Each figure of a region's answer has its own unit: data of another unit can be taken
-- into an answer. Figures that are stored get the unit of their answer; two that were
-- joined by a semicolon stay so, as nobody knows which is whose.
-- +goose Up
alter table regional_figures add column unit text;

update regional_figures
set unit = (
	select a.unit
	from regional_answers a
	where a.region_id = regional_figures.region_id and a.period_id = regional_figures.period_id and a.code = regional_figures.code
);

alter table regional_answers drop column unit;
