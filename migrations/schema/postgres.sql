CREATE TABLE access_entries (
	region_id text not null,
	id text not null,
	at text not null,
	person_id text not null,
	name text not null,
	address text not null,
	route text not null,
	path text,
	outcome text not null,
	PRIMARY KEY (region_id, id),
	FOREIGN KEY (region_id, person_id) REFERENCES people(region_id, id)
);

CREATE INDEX access_entries_at ON access_entries USING btree (region_id, at);

CREATE INDEX access_entries_person ON access_entries USING btree (region_id, person_id, at);

CREATE TABLE agencies (
	region_id text not null,
	id text not null,
	name text not null,
	name_key text not null,
	sort_key text not null,
	kind text not null,
	parent_id text,
	valid_from text,
	valid_until text,
	version bigint not null default 1,
	PRIMARY KEY (region_id, id)
);

CREATE UNIQUE INDEX agencies_name ON agencies USING btree (region_id, name_key) WHERE (valid_until IS NULL);

CREATE INDEX agencies_parent ON agencies USING btree (region_id, parent_id);

CREATE TABLE agency_acts (
	region_id text not null,
	act_id text not null,
	n bigint not null,
	from_id text not null,
	to_id text,
	move text not null,
	on_day text not null,
	decree_number text not null,
	decree_day text not null,
	from_name text not null,
	to_name text,
	PRIMARY KEY (region_id, act_id, n)
);

CREATE INDEX agency_acts_from ON agency_acts USING btree (region_id, from_id, on_day);

CREATE INDEX agency_acts_to ON agency_acts USING btree (region_id, to_id, on_day);

CREATE TABLE agency_kinds (
	region_id text not null,
	id text not null,
	label text not null,
	sort_key text not null,
	PRIMARY KEY (region_id, id)
);

CREATE TABLE agency_settings (
	region_id text not null,
	parent_endorses boolean not null,
	PRIMARY KEY (region_id)
);

CREATE TABLE answer_summaries (
	region_id text not null,
	innovation_id text not null,
	period_id text not null,
	answered bigint not null,
	finished bigint not null,
	detail text not null,
	proven bigint,
	answers_sha256 text,
	changed_at text,
	points bigint,
	mend bigint,
	PRIMARY KEY (region_id, period_id, innovation_id),
	FOREIGN KEY (region_id, innovation_id) REFERENCES innovations(region_id, id),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id)
);

CREATE INDEX answer_summaries_list ON answer_summaries USING btree (region_id, period_id, innovation_id, answered, finished, mend, points);

CREATE INDEX answer_summaries_old ON answer_summaries USING btree (region_id, period_id, innovation_id) WHERE (answers_sha256 IS NULL);

CREATE TABLE answers (
	region_id text not null,
	innovation_id text not null,
	period_id text not null,
	code text not null,
	basis text,
	level bigint,
	finished boolean not null,
	answered_by text not null,
	answered_at text not null,
	version bigint not null,
	finished_at text,
	PRIMARY KEY (region_id, innovation_id, period_id, code),
	FOREIGN KEY (region_id, innovation_id) REFERENCES innovations(region_id, id),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id)
);

CREATE INDEX answers_finished ON answers USING btree (region_id, period_id, finished_at, innovation_id) WHERE (finished_at IS NOT NULL);

CREATE TABLE assignments (
	region_id text not null,
	id text not null,
	person_id text not null,
	role text not null,
	agency text,
	acting text,
	valid_from text not null,
	valid_until text,
	decree_number text,
	decree_day text,
	decree_subject text,
	PRIMARY KEY (region_id, id),
	FOREIGN KEY (region_id, person_id) REFERENCES people(region_id, id)
);

CREATE INDEX assignments_agency ON assignments USING btree (region_id, agency, role);

CREATE INDEX assignments_person ON assignments USING btree (region_id, person_id);

CREATE TABLE auth_settings (
	region_id text not null,
	demands_factor boolean not null,
	PRIMARY KEY (region_id)
);

CREATE TABLE board_settings (
	region_id text not null,
	quiet_days bigint not null,
	pace_days bigint not null,
	PRIMARY KEY (region_id)
);

CREATE TABLE closed_profiles (
	region_id text not null,
	period_id text not null,
	innovation_id text not null,
	closed_at text not null,
	agency_id text not null,
	agency_name text not null,
	above_id text,
	above_name text,
	name text not null,
	affair text,
	tried_on text,
	applied_on text,
	developed_on text,
	design text,
	initiator text,
	initiator_name text,
	class text,
	kind text,
	shape text,
	other_affairs text,
	themes text,
	latitude text,
	longitude text,
	law text,
	problem text,
	issue_global text,
	issue_national text,
	issue_local text,
	method text,
	novelty text,
	aim text,
	benefit text,
	result text,
	rights text,
	awards text,
	programme text,
	activity text,
	sub_activity text,
	goals text,
	development text,
	earlier_id text,
	earlier_name text,
	decree text,
	state text,
	state_note text,
	created_at text not null,
	changed_at text not null,
	version bigint not null,
	PRIMARY KEY (region_id, period_id, innovation_id),
	FOREIGN KEY (region_id, innovation_id) REFERENCES innovations(region_id, id),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id)
);

CREATE TABLE creations (
	region_id text not null,
	id text not null,
	person_id text not null,
	location text not null,
	sha256 text not null,
	created_at text not null,
	PRIMARY KEY (region_id, id),
	FOREIGN KEY (region_id, person_id) REFERENCES people(region_id, id)
);

CREATE TABLE credentials (
	region_id text not null,
	person_id text not null,
	password_hash text not null,
	code_until text,
	PRIMARY KEY (region_id, person_id),
	FOREIGN KEY (region_id, person_id) REFERENCES people(region_id, id)
);

CREATE TABLE data_requests (
	region_id text not null,
	id text not null,
	period_id text not null,
	code text not null,
	agency_id text not null,
	person_id text,
	due text not null,
	note text,
	state text not null,
	reason text,
	asked_by text not null,
	asked_at text not null,
	year bigint,
	value text,
	unit text,
	source text,
	reply text,
	replied_by text,
	replied_at text,
	file_id text,
	applied boolean not null,
	version bigint not null,
	former_agency_id text,
	former_person_id text,
	moved_at text,
	PRIMARY KEY (region_id, id),
	FOREIGN KEY (region_id, agency_id) REFERENCES agencies(region_id, id),
	FOREIGN KEY (region_id, file_id) REFERENCES files(region_id, id),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id)
);

CREATE INDEX data_requests_file ON data_requests USING btree (region_id, file_id);

CREATE INDEX data_requests_period ON data_requests USING btree (region_id, period_id, due);

CREATE TABLE decree_innovations (
	region_id text not null,
	decree_id text not null,
	innovation_id text not null,
	PRIMARY KEY (region_id, decree_id, innovation_id),
	FOREIGN KEY (region_id, decree_id) REFERENCES decrees(region_id, id),
	FOREIGN KEY (region_id, innovation_id) REFERENCES innovations(region_id, id)
);

CREATE INDEX decree_innovations_innovation ON decree_innovations USING btree (region_id, innovation_id);

CREATE TABLE decrees (
	region_id text not null,
	id text not null,
	number text not null,
	day text not null,
	subject text not null,
	implementers text not null,
	created_at text not null,
	changed_at text not null,
	version bigint not null,
	PRIMARY KEY (region_id, id)
);

CREATE UNIQUE INDEX decrees_number ON decrees USING btree (region_id, number);

CREATE TABLE devices (
	region_id text not null,
	token_hash text not null,
	person_id text not null,
	seen_at text not null,
	PRIMARY KEY (region_id, token_hash, person_id),
	FOREIGN KEY (region_id, person_id) REFERENCES people(region_id, id)
);

CREATE TABLE document_uses (
	region_id text not null,
	document_id text not null,
	period_id text not null,
	code text not null,
	used_at text not null,
	void boolean not null default false,
	ended_at text,
	PRIMARY KEY (region_id, document_id, period_id, code),
	FOREIGN KEY (region_id, document_id) REFERENCES documents(region_id, id),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id)
);

CREATE TABLE documents (
	region_id text not null,
	id text not null,
	innovation_id text not null,
	kind text not null,
	number text,
	day text,
	subject text,
	issuer text,
	address text,
	file_id text,
	added_by text not null,
	added_at text not null,
	PRIMARY KEY (region_id, id),
	FOREIGN KEY (region_id, file_id) REFERENCES files(region_id, id),
	FOREIGN KEY (region_id, innovation_id) REFERENCES innovations(region_id, id)
);

CREATE INDEX documents_file ON documents USING btree (region_id, file_id);

CREATE INDEX documents_innovation ON documents USING btree (region_id, innovation_id);

CREATE TABLE endorsements (
	region_id text not null,
	innovation_id text not null,
	period_id text not null,
	agency_id text not null,
	agency_name text not null,
	endorsed_by text not null,
	name text not null,
	acting text,
	profile_version bigint not null,
	answers_sha256 text not null,
	endorsed_at text not null,
	PRIMARY KEY (region_id, innovation_id, period_id, agency_id),
	FOREIGN KEY (region_id, agency_id) REFERENCES agencies(region_id, id),
	FOREIGN KEY (region_id, innovation_id) REFERENCES innovations(region_id, id),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id)
);

CREATE TABLE event_details (
	region_id text not null,
	seq bigint not null,
	salt text not null,
	actor_name text not null,
	detail text not null,
	PRIMARY KEY (region_id, seq)
);

CREATE TABLE event_heads (
	region_id text not null,
	seq bigint not null,
	hash text not null,
	PRIMARY KEY (region_id)
);

CREATE TABLE events (
	region_id text not null,
	seq bigint not null,
	id text not null,
	subject text not null,
	event text not null,
	actor text,
	at text not null,
	digest text not null,
	hash text not null,
	PRIMARY KEY (region_id, seq)
);

CREATE INDEX events_at ON events USING btree (region_id, at);

CREATE INDEX events_subject ON events USING btree (region_id, subject, seq);

CREATE TABLE evidence_accesses (
	region_id text not null,
	id text not null,
	document_id text not null,
	opened_by text not null,
	name text not null,
	opened_at text not null,
	reason text,
	PRIMARY KEY (region_id, id),
	FOREIGN KEY (region_id, document_id) REFERENCES documents(region_id, id)
);

CREATE INDEX evidence_accesses_document ON evidence_accesses USING btree (region_id, document_id, opened_at);

CREATE TABLE file_uses (
	region_id text not null,
	file_id text not null,
	kind text not null,
	ref_id text not null,
	used_at text not null,
	ended_at text,
	PRIMARY KEY (region_id, file_id, kind, ref_id),
	FOREIGN KEY (region_id, file_id) REFERENCES files(region_id, id)
);

CREATE INDEX file_uses_ref ON file_uses USING btree (region_id, ref_id, kind);

CREATE TABLE files (
	region_id text not null,
	id text not null,
	purpose text not null,
	name text not null,
	media text,
	size bigint not null,
	sha256 text,
	state text not null,
	reason text,
	received_by text not null,
	received_at text not null,
	saved_at text not null,
	PRIMARY KEY (region_id, id)
);

CREATE INDEX files_sha256 ON files USING btree (region_id, sha256);

CREATE TABLE guidance (
	region_id text not null,
	period_id text not null,
	code text not null,
	words text not null,
	changed_by text not null,
	changed_at text not null,
	version bigint not null,
	PRIMARY KEY (region_id, period_id, code),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id)
);

CREATE TABLE guidance_samples (
	region_id text not null,
	file_id text not null,
	period_id text not null,
	code text not null,
	verdict text not null,
	caption text not null,
	shown_by text not null,
	shown_at text not null,
	PRIMARY KEY (region_id, file_id),
	FOREIGN KEY (region_id, file_id) REFERENCES files(region_id, id),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id)
);

CREATE INDEX guidance_samples_code ON guidance_samples USING btree (region_id, period_id, code);

CREATE TABLE index_snapshots (
	region_id text not null,
	period_id text not null,
	day text not null,
	kind text not null,
	at text not null,
	by_name text,
	figure text not null,
	innovations bigint not null,
	source text,
	facts text,
	PRIMARY KEY (region_id, period_id, day, kind),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id)
);

CREATE TABLE innovation_owners (
	region_id text not null,
	innovation_id text not null,
	step bigint not null,
	agency_id text not null,
	from_day text,
	until_day text,
	number text,
	PRIMARY KEY (region_id, innovation_id, step),
	FOREIGN KEY (region_id, agency_id) REFERENCES agencies(region_id, id),
	FOREIGN KEY (region_id, innovation_id) REFERENCES innovations(region_id, id)
);

CREATE TABLE innovation_transfers (
	region_id text not null,
	innovation_id text not null,
	to_agency_id text not null,
	note text,
	asked_at text not null,
	former_agency_id text,
	ended_at text,
	PRIMARY KEY (region_id, innovation_id),
	FOREIGN KEY (region_id, innovation_id) REFERENCES innovations(region_id, id),
	FOREIGN KEY (region_id, to_agency_id) REFERENCES agencies(region_id, id)
);

CREATE TABLE innovation_words (
	region_id text not null,
	innovation_id text not null,
	words text,
	PRIMARY KEY (region_id, innovation_id),
	FOREIGN KEY (region_id, innovation_id) REFERENCES innovations(region_id, id)
);

CREATE INDEX innovation_words_old ON innovation_words USING btree (region_id, innovation_id) WHERE (words IS NULL);

CREATE TABLE innovations (
	region_id text not null,
	id text not null,
	agency_id text not null,
	name text not null,
	sort_key text not null,
	affair text,
	tried_on text,
	applied_on text,
	developed_on text,
	design text,
	initiator text,
	initiator_name text,
	class text,
	kind text,
	shape text,
	other_affairs text,
	themes text,
	latitude text,
	longitude text,
	law text,
	problem text,
	issue_global text,
	issue_national text,
	issue_local text,
	method text,
	novelty text,
	aim text,
	benefit text,
	result text,
	rights text,
	awards text,
	programme text,
	activity text,
	sub_activity text,
	goals text,
	development text,
	earlier_id text,
	state text,
	state_note text,
	created_at text not null,
	changed_at text not null,
	version bigint not null,
	PRIMARY KEY (region_id, id),
	FOREIGN KEY (region_id, agency_id) REFERENCES agencies(region_id, id)
);

CREATE INDEX innovations_agency ON innovations USING btree (region_id, agency_id, state, id, version, changed_at);

CREATE INDEX innovations_list ON innovations USING btree (region_id, agency_id, id, state, affair, tried_on, applied_on, developed_on, sort_key, changed_at);

CREATE TABLE login_failures (
	region_id text not null,
	id text not null,
	login text not null,
	address text not null,
	at text not null,
	PRIMARY KEY (region_id, id)
);

CREATE INDEX login_failures_address ON login_failures USING btree (region_id, address, at);

CREATE TABLE people (
	region_id text not null,
	id text not null,
	name text not null,
	sort_key text not null,
	login text not null,
	active boolean not null,
	phone text,
	language text,
	version bigint not null default 1,
	PRIMARY KEY (region_id, id),
	UNIQUE (region_id, login)
);

CREATE TABLE period_deadlines (
	region_id text not null,
	period_id text not null,
	id text not null,
	name text not null,
	at text not null,
	PRIMARY KEY (region_id, period_id, id)
);

CREATE TABLE period_extensions (
	region_id text not null,
	period_id text not null,
	id text not null,
	agency_id text,
	agency_name text,
	until_at text not null,
	reason text not null,
	by_id text not null,
	by_name text not null,
	granted_at text not null,
	ended_at text,
	ended_by_id text,
	ended_by_name text,
	follows_id text,
	innovation_id text,
	innovation_name text,
	PRIMARY KEY (region_id, period_id, id)
);

CREATE TABLE periods (
	region_id text not null,
	id text not null,
	year bigint not null,
	pack_id text not null,
	pack_sha256 text not null,
	opened_at text not null,
	state text not null,
	moved_at text not null,
	opens_at text,
	closes_at text,
	note text,
	version bigint not null default 0,
	PRIMARY KEY (region_id, id)
);

CREATE TABLE person_failures (
	region_id text not null,
	hour text not null,
	person_id text not null,
	kind text not null,
	count bigint not null,
	PRIMARY KEY (region_id, hour, person_id, kind),
	FOREIGN KEY (region_id, person_id) REFERENCES people(region_id, id)
);

CREATE TABLE recovery_codes (
	region_id text not null,
	person_id text not null,
	hash text not null,
	PRIMARY KEY (region_id, person_id, hash),
	FOREIGN KEY (region_id, person_id) REFERENCES people(region_id, id)
);

CREATE TABLE refusal_counts (
	region_id text not null,
	hour text not null,
	route text not null,
	outcome text not null,
	count bigint not null,
	PRIMARY KEY (region_id, hour, route, outcome)
);

CREATE TABLE regional_answers (
	region_id text not null,
	period_id text not null,
	code text not null,
	level bigint,
	source text,
	answered_by text not null,
	answered_at text not null,
	version bigint not null,
	PRIMARY KEY (region_id, period_id, code),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id)
);

CREATE TABLE regional_figures (
	region_id text not null,
	period_id text not null,
	code text not null,
	year bigint not null,
	value text not null,
	unit text,
	PRIMARY KEY (region_id, period_id, code, year),
	FOREIGN KEY (region_id, period_id, code) REFERENCES regional_answers(region_id, period_id, code)
);

CREATE INDEX regional_figures_code ON regional_figures USING btree (region_id, code, year);

CREATE TABLE regional_proofs (
	region_id text not null,
	id text not null,
	period_id text not null,
	code text not null,
	agency_id text,
	subject text,
	address text,
	file_id text,
	added_by text not null,
	added_at text not null,
	ended_at text,
	void boolean not null default false,
	PRIMARY KEY (region_id, id),
	FOREIGN KEY (region_id, file_id) REFERENCES files(region_id, id),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id)
);

CREATE INDEX regional_proofs_code ON regional_proofs USING btree (region_id, period_id, code);

CREATE INDEX regional_proofs_file ON regional_proofs USING btree (region_id, file_id);

CREATE TABLE regions (
	region_id text not null,
	name text not null,
	url text,
	host text,
	zone text not null,
	sample boolean not null,
	quota bigint,
	motif text,
	PRIMARY KEY (region_id)
);

CREATE UNIQUE INDEX regions_host ON regions USING btree (host);

CREATE TABLE report_issued (
	region_id text not null,
	id text not null,
	year bigint not null,
	n bigint not null,
	number text not null,
	code text not null,
	period_id text not null,
	issued_on text not null,
	figures_on text not null,
	figure text not null,
	predicate text not null,
	signer text not null,
	issued_by text not null,
	by_name text not null,
	issued_at text not null,
	pdf_id text not null,
	workbook_id text not null,
	revoked_why text,
	revoked_by text,
	revoked_name text,
	revoked_on text,
	PRIMARY KEY (region_id, id),
	UNIQUE (region_id, code),
	UNIQUE (region_id, year, n),
	FOREIGN KEY (region_id, pdf_id) REFERENCES files(region_id, id),
	FOREIGN KEY (region_id, period_id) REFERENCES periods(region_id, id),
	FOREIGN KEY (region_id, workbook_id) REFERENCES files(region_id, id)
);

CREATE INDEX report_issued_pdf ON report_issued USING btree (region_id, pdf_id);

CREATE INDEX report_issued_workbook ON report_issued USING btree (region_id, workbook_id);

CREATE TABLE report_letterheads (
	region_id text not null,
	government text not null,
	agency text not null,
	address text not null,
	contact text,
	logo_id text,
	pattern text not null,
	code text,
	place text not null,
	office text not null,
	"position" text not null,
	title_before text,
	name text not null,
	title_after text,
	rank text,
	nip text,
	saved_by text not null,
	saved_at text not null,
	version bigint not null,
	PRIMARY KEY (region_id),
	FOREIGN KEY (region_id, logo_id) REFERENCES files(region_id, id)
);

CREATE TABLE report_numbers (
	region_id text not null,
	year bigint not null,
	last bigint not null,
	PRIMARY KEY (region_id, year)
);

CREATE TABLE second_factors (
	region_id text not null,
	person_id text not null,
	secret text not null,
	confirmed boolean not null,
	last_step bigint not null,
	PRIMARY KEY (region_id, person_id),
	FOREIGN KEY (region_id, person_id) REFERENCES people(region_id, id)
);

CREATE TABLE sessions (
	region_id text not null,
	token_hash text not null,
	id text not null,
	person_id text not null,
	stage text,
	created_at text not null,
	seen_at text not null,
	address text not null,
	agent text,
	PRIMARY KEY (region_id, token_hash),
	FOREIGN KEY (region_id, person_id) REFERENCES people(region_id, id)
);

CREATE INDEX sessions_person ON sessions USING btree (region_id, person_id);

CREATE TABLE setup_links (
	region_id text not null,
	token_hash text not null,
	expires_at text not null,
	PRIMARY KEY (region_id)
);

CREATE TABLE stranger_failures (
	region_id text not null,
	hour text not null,
	kind text not null,
	count bigint not null,
	PRIMARY KEY (region_id, hour, kind)
);
