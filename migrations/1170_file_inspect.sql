-- Files are inspected: stored is one that was not, checked one that can be opened, and
-- unopenable one that cannot, which was used before that was found. What people have
-- sent until now was not inspected; what the program has made needs it not. A document
-- or a proof that is void proves nothing: its file cannot be opened, which was found
-- while the period was open.
-- +goose Up
update files
set state = case state when 'stored' then 'checked' else 'stored' end
where state in ('stored', 'checked');

alter table document_uses add column void boolean not null default false;

alter table regional_proofs add column void boolean not null default false;
