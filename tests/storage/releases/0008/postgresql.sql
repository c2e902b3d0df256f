CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE observation (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	number VARCHAR(9) NOT NULL,
	once VARCHAR NOT NULL,
	author VARCHAR,
	filed_at TIMESTAMP WITH TIME ZONE,
	filed_on DATE NOT NULL,
	week INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	theme VARCHAR NOT NULL,
	theme_set VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	proposal VARCHAR NOT NULL,
	area VARCHAR,
	sector VARCHAR,
	client_group VARCHAR,
	scale VARCHAR,
	status VARCHAR NOT NULL,
	receipt_channel VARCHAR,
	receipt_ts VARCHAR,
	PRIMARY KEY (key),
	UNIQUE (workspace, number),
	UNIQUE (workspace, once)
);

CREATE INDEX observation_by_week ON observation (workspace, week);

CREATE INDEX observation_by_author ON observation (workspace, author);

CREATE TABLE person (
	workspace VARCHAR NOT NULL,
	"user" VARCHAR NOT NULL,
	area VARCHAR,
	PRIMARY KEY (workspace, "user")
);

CREATE TABLE term (
	workspace VARCHAR NOT NULL,
	vocabulary VARCHAR NOT NULL,
	version VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	parent VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	fi VARCHAR NOT NULL,
	sv VARCHAR NOT NULL,
	en VARCHAR NOT NULL,
	PRIMARY KEY (workspace, vocabulary, version, code)
);

INSERT INTO alembic_version (version_num) VALUES ('0001');

ALTER TABLE person ADD COLUMN language VARCHAR;

ALTER TABLE person ADD COLUMN reminders BOOLEAN DEFAULT true NOT NULL;

ALTER TABLE person ADD COLUMN paused_until DATE;

ALTER TABLE person ADD COLUMN absence_start DATE;

ALTER TABLE person ADD COLUMN absence_end DATE;

CREATE TABLE network (
	workspace VARCHAR NOT NULL,
	channel VARCHAR,
	language VARCHAR NOT NULL,
	reminder_cadence VARCHAR NOT NULL,
	reminder_weekday INTEGER NOT NULL,
	reminder_time VARCHAR NOT NULL,
	reminder_place VARCHAR NOT NULL,
	digest_weekday INTEGER NOT NULL,
	digest_time VARCHAR NOT NULL,
	min_group INTEGER NOT NULL,
	PRIMARY KEY (workspace)
);

CREATE TABLE coordinator (
	workspace VARCHAR NOT NULL,
	"user" VARCHAR NOT NULL,
	PRIMARY KEY (workspace, "user")
);

CREATE TABLE answered (
	workspace VARCHAR NOT NULL,
	occurrence VARCHAR NOT NULL,
	"user" VARCHAR NOT NULL,
	PRIMARY KEY (workspace, occurrence, "user")
);

CREATE TABLE wording (
	workspace VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	PRIMARY KEY (workspace, kind, language)
);

CREATE TABLE run (
	workspace VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	occurrence VARCHAR NOT NULL,
	due_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	state VARCHAR NOT NULL,
	PRIMARY KEY (workspace, kind, occurrence)
);

CREATE TABLE delivery (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	occurrence VARCHAR NOT NULL,
	recipient VARCHAR NOT NULL,
	channel VARCHAR,
	params VARCHAR NOT NULL,
	priority INTEGER NOT NULL,
	state VARCHAR NOT NULL,
	not_before TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	first_intent_at TIMESTAMP WITH TIME ZONE,
	lease_owner VARCHAR,
	lease_until TIMESTAMP WITH TIME ZONE,
	fence INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	verifies INTEGER NOT NULL,
	ts VARCHAR,
	sent_at TIMESTAMP WITH TIME ZONE,
	evidence VARCHAR,
	error VARCHAR,
	PRIMARY KEY (key),
	UNIQUE (workspace, kind, occurrence, recipient)
);

CREATE INDEX delivery_pending ON delivery (workspace, priority, not_before) WHERE state = 'pending';

CREATE INDEX delivery_open ON delivery (state, lease_until);

CREATE TABLE channel_gate (
	workspace VARCHAR NOT NULL,
	channel VARCHAR NOT NULL,
	free_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (workspace, channel)
);

CREATE TABLE rate_gate (
	workspace VARCHAR NOT NULL,
	method VARCHAR NOT NULL,
	tat TIMESTAMP WITH TIME ZONE NOT NULL,
	blocked_until TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (workspace, method)
);

UPDATE alembic_version SET version_num='0002' WHERE alembic_version.version_num = '0001';

ALTER TABLE delivery ADD COLUMN thread_of VARCHAR;

ALTER TABLE observation ADD COLUMN phenomenon VARCHAR(32);

ALTER TABLE observation ADD COLUMN same_as VARCHAR(32);

ALTER TABLE observation ADD COLUMN review_on DATE;

ALTER TABLE observation ADD COLUMN noted_on DATE;

ALTER TABLE observation ADD COLUMN due_on DATE;

ALTER TABLE observation ADD COLUMN opened_on DATE;

ALTER TABLE observation ADD COLUMN version INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE observation ADD COLUMN words_by VARCHAR DEFAULT '' NOT NULL;

DROP INDEX observation_by_author;

CREATE INDEX observation_by_author ON observation (workspace, author, filed_on);

CREATE INDEX observation_by_due ON observation (workspace, due_on, key);

CREATE INDEX observation_by_phenomenon ON observation (workspace, phenomenon);

CREATE INDEX observation_by_count ON observation (workspace, week, kind, theme, area, status);

CREATE INDEX observation_by_day ON observation (workspace, filed_on, kind, theme, area, status);

CREATE INDEX observation_by_status ON observation (workspace, status, due_on);

DROP INDEX observation_by_week;

UPDATE observation SET due_on = filed_on + 14 WHERE status = 'uusi';

CREATE TABLE phenomenon (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	number VARCHAR(9) NOT NULL,
	once VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	theme VARCHAR NOT NULL,
	status VARCHAR NOT NULL,
	receiver VARCHAR NOT NULL,
	outcome VARCHAR NOT NULL,
	review_on DATE,
	started_on DATE NOT NULL,
	noted_on DATE NOT NULL,
	due_on DATE,
	version INTEGER NOT NULL,
	published_on DATE,
	stale BOOLEAN NOT NULL,
	words_by VARCHAR NOT NULL,
	PRIMARY KEY (key),
	UNIQUE (workspace, number),
	UNIQUE (workspace, once)
);

CREATE TABLE same (
	workspace VARCHAR NOT NULL,
	phenomenon VARCHAR(32) NOT NULL,
	who VARCHAR NOT NULL,
	area VARCHAR,
	PRIMARY KEY (workspace, phenomenon, who)
);

CREATE TABLE move (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	subject VARCHAR(32) NOT NULL,
	step INTEGER NOT NULL,
	what VARCHAR NOT NULL,
	on_day DATE NOT NULL,
	actor VARCHAR,
	status VARCHAR,
	reason VARCHAR NOT NULL,
	receiver VARCHAR NOT NULL,
	review_on DATE,
	words VARCHAR NOT NULL,
	phenomenon VARCHAR(32),
	told_in VARCHAR(32),
	read_on DATE,
	PRIMARY KEY (key),
	UNIQUE (workspace, subject, step)
);

CREATE INDEX move_by_delivery ON move (workspace, told_in);

CREATE INDEX move_by_day ON move (workspace, on_day);

CREATE TABLE audit (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	who VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	subject VARCHAR NOT NULL,
	PRIMARY KEY (key)
);

CREATE INDEX audit_by_time ON audit (workspace, at);

CREATE TABLE erasure (
	workspace VARCHAR NOT NULL,
	number VARCHAR(9) NOT NULL,
	language VARCHAR NOT NULL,
	channel VARCHAR,
	ts VARCHAR,
	PRIMARY KEY (workspace, number)
);

CREATE TABLE word (
	workspace VARCHAR NOT NULL,
	lemma VARCHAR NOT NULL,
	part BOOLEAN NOT NULL,
	day DATE NOT NULL,
	subject VARCHAR(32) NOT NULL,
	PRIMARY KEY (workspace, lemma, part, day, subject)
);

CREATE INDEX word_by_subject ON word (workspace, subject);

UPDATE alembic_version SET version_num='0003' WHERE alembic_version.version_num = '0002';

CREATE TABLE meeting (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	once VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	place VARCHAR NOT NULL,
	link VARCHAR NOT NULL,
	deadline DATE,
	capacity INTEGER,
	agenda VARCHAR NOT NULL,
	status VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	minutes VARCHAR NOT NULL,
	followed VARCHAR NOT NULL,
	line INTEGER NOT NULL,
	changes INTEGER NOT NULL,
	drawn INTEGER NOT NULL,
	drawing_until TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (key),
	UNIQUE (workspace, once)
);

CREATE INDEX meeting_by_start ON meeting (workspace, starts_at);

CREATE TABLE rsvp (
	workspace VARCHAR NOT NULL,
	meeting VARCHAR(32) NOT NULL,
	"user" VARCHAR NOT NULL,
	answer VARCHAR NOT NULL,
	place INTEGER NOT NULL,
	waits BOOLEAN NOT NULL,
	PRIMARY KEY (workspace, meeting, "user")
);

CREATE TABLE agenda_item (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	once VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	proposer VARCHAR,
	meeting VARCHAR(32),
	place INTEGER NOT NULL,
	PRIMARY KEY (key),
	UNIQUE (workspace, once)
);

CREATE INDEX agenda_item_by_meeting ON agenda_item (workspace, meeting);

CREATE TABLE useful (
	workspace VARCHAR NOT NULL,
	meeting VARCHAR(32) NOT NULL,
	who VARCHAR NOT NULL,
	answer VARCHAR NOT NULL,
	PRIMARY KEY (workspace, meeting, who)
);

UPDATE alembic_version SET version_num='0004' WHERE alembic_version.version_num = '0003';

CREATE TABLE membership (
	workspace VARCHAR NOT NULL,
	named VARCHAR,
	channel VARCHAR,
	changes INTEGER NOT NULL,
	PRIMARY KEY (workspace)
);

CREATE TABLE handled (
	workspace VARCHAR NOT NULL,
	mark VARCHAR(32) NOT NULL,
	on_day DATE NOT NULL,
	PRIMARY KEY (workspace, mark)
);

CREATE TABLE installation (
	one INTEGER NOT NULL,
	workspace VARCHAR NOT NULL,
	key_check VARCHAR NOT NULL,
	beat INTEGER NOT NULL,
	PRIMARY KEY (one)
);

ALTER TABLE erasure ADD COLUMN author VARCHAR;

ALTER TABLE erasure ADD COLUMN version INTEGER DEFAULT '0' NOT NULL;

CREATE TABLE hidden (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	number VARCHAR(9) NOT NULL,
	until TIMESTAMP WITH TIME ZONE NOT NULL,
	by VARCHAR NOT NULL,
	counted BOOLEAN NOT NULL,
	status VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	proposal VARCHAR NOT NULL,
	author VARCHAR,
	filed_at TIMESTAMP WITH TIME ZONE,
	phenomenon VARCHAR(32),
	same_as VARCHAR(32),
	review_on DATE,
	noted_on DATE,
	due_on DATE,
	receipt_channel VARCHAR,
	receipt_ts VARCHAR,
	PRIMARY KEY (key),
	UNIQUE (workspace, number)
);

CREATE INDEX hidden_by_end ON hidden (workspace, until);

UPDATE alembic_version SET version_num='0005' WHERE alembic_version.version_num = '0004';

CREATE TABLE published (
	workspace VARCHAR NOT NULL,
	first DATE NOT NULL,
	version INTEGER NOT NULL,
	last DATE NOT NULL,
	floor INTEGER NOT NULL,
	made_on DATE NOT NULL,
	median_days INTEGER,
	PRIMARY KEY (workspace, first, version)
);

CREATE TABLE published_cell (
	workspace VARCHAR NOT NULL,
	first DATE NOT NULL,
	version INTEGER NOT NULL,
	attribute VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	codes VARCHAR NOT NULL,
	count INTEGER NOT NULL,
	PRIMARY KEY (workspace, first, version, attribute, name)
);

CREATE TABLE published_member (
	workspace VARCHAR NOT NULL,
	first DATE NOT NULL,
	version INTEGER NOT NULL,
	subject VARCHAR(32) NOT NULL,
	codes VARCHAR NOT NULL,
	PRIMARY KEY (workspace, first, version, subject)
);

CREATE TABLE summary_words (
	workspace VARCHAR NOT NULL,
	first DATE NOT NULL,
	language VARCHAR NOT NULL,
	subtitle VARCHAR NOT NULL,
	highlights VARCHAR NOT NULL,
	proposals VARCHAR NOT NULL,
	residents VARCHAR NOT NULL,
	residents_source VARCHAR NOT NULL,
	handled VARCHAR NOT NULL,
	PRIMARY KEY (workspace, first, language)
);

ALTER TABLE phenomenon ADD COLUMN kind VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE phenomenon ADD COLUMN proposal VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE phenomenon ADD COLUMN addressee VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE phenomenon ADD COLUMN actor VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE phenomenon ADD COLUMN deadline VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE phenomenon ADD COLUMN cost VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE phenomenon ADD COLUMN goal VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE phenomenon ADD COLUMN statistics VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE installation ADD COLUMN salt VARCHAR;

ALTER TABLE installation ADD COLUMN copied_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE installation ADD COLUMN restored_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE installation ADD COLUMN key_kept_on DATE;

UPDATE installation SET salt = '00112233445566778899aabbccddeeff';

CREATE INDEX move_by_actor ON move (workspace, actor);

ALTER TABLE observation ADD COLUMN imported BOOLEAN DEFAULT false NOT NULL;

CREATE TABLE forgetting (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	"user" VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	due_at TIMESTAMP WITH TIME ZONE NOT NULL,
	language VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	channel VARCHAR,
	ts VARCHAR,
	PRIMARY KEY (key),
	UNIQUE (workspace, "user")
);

CREATE TABLE departure (
	workspace VARCHAR NOT NULL,
	"user" VARCHAR NOT NULL,
	on_day DATE NOT NULL,
	PRIMARY KEY (workspace, "user")
);

CREATE TABLE clearing (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	"user" VARCHAR,
	channel VARCHAR,
	ts VARCHAR,
	file VARCHAR,
	language VARCHAR NOT NULL,
	due_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (key)
);

UPDATE alembic_version SET version_num='0006' WHERE alembic_version.version_num = '0005';

ALTER TABLE observation ADD COLUMN warned BOOLEAN DEFAULT false NOT NULL;

ALTER TABLE phenomenon ADD COLUMN down BOOLEAN DEFAULT false NOT NULL;

ALTER TABLE observation ADD COLUMN asked VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE person ADD COLUMN area_set BOOLEAN DEFAULT false NOT NULL;

ALTER TABLE observation ADD COLUMN chosen VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE observation ADD COLUMN way VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE observation ADD COLUMN people INTEGER DEFAULT '1' NOT NULL;

ALTER TABLE phenomenon ADD COLUMN unchanged_on DATE;

CREATE TABLE hearing (
	workspace VARCHAR NOT NULL,
	"user" VARCHAR NOT NULL,
	wanted BOOLEAN NOT NULL,
	at VARCHAR NOT NULL,
	PRIMARY KEY (workspace, "user")
);

CREATE TABLE news (
	workspace VARCHAR NOT NULL,
	"user" VARCHAR NOT NULL,
	subject VARCHAR(32) NOT NULL,
	told BOOLEAN NOT NULL,
	seen BOOLEAN NOT NULL,
	PRIMARY KEY (workspace, "user", subject)
);

CREATE TABLE practice (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	number VARCHAR(9) NOT NULL,
	author VARCHAR,
	name VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	benefits VARCHAR NOT NULL,
	challenges VARCHAR NOT NULL,
	regional VARCHAR NOT NULL,
	improve VARCHAR NOT NULL,
	example VARCHAR NOT NULL,
	support VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	target VARCHAR NOT NULL,
	resources VARCHAR NOT NULL,
	evidence VARCHAR NOT NULL,
	link VARCHAR NOT NULL,
	area VARCHAR,
	theme VARCHAR,
	contact BOOLEAN NOT NULL,
	said VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	started_on DATE NOT NULL,
	published_on DATE NOT NULL,
	stale BOOLEAN NOT NULL,
	words_by VARCHAR NOT NULL,
	PRIMARY KEY (key),
	UNIQUE (workspace, number)
);

CREATE TABLE practice_draft (
	key VARCHAR(32) NOT NULL,
	workspace VARCHAR NOT NULL,
	number VARCHAR(9) NOT NULL,
	author VARCHAR,
	name VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	benefits VARCHAR NOT NULL,
	challenges VARCHAR NOT NULL,
	regional VARCHAR NOT NULL,
	improve VARCHAR NOT NULL,
	example VARCHAR NOT NULL,
	support VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	target VARCHAR NOT NULL,
	resources VARCHAR NOT NULL,
	evidence VARCHAR NOT NULL,
	link VARCHAR NOT NULL,
	area VARCHAR,
	theme VARCHAR,
	contact BOOLEAN NOT NULL,
	said VARCHAR NOT NULL,
	once VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	step INTEGER NOT NULL,
	changed_on DATE NOT NULL,
	PRIMARY KEY (key),
	UNIQUE (workspace, number),
	UNIQUE (workspace, once)
);

CREATE TABLE practice_tried (
	workspace VARCHAR NOT NULL,
	practice VARCHAR(32) NOT NULL,
	who VARCHAR NOT NULL,
	named VARCHAR,
	words VARCHAR NOT NULL,
	PRIMARY KEY (workspace, practice, who)
);

CREATE TABLE follower (
	workspace VARCHAR NOT NULL,
	phenomenon VARCHAR(32) NOT NULL,
	"user" VARCHAR NOT NULL,
	PRIMARY KEY (workspace, phenomenon, "user")
);

CREATE INDEX follower_by_user ON follower (workspace, "user");

CREATE TABLE changed (
	workspace VARCHAR NOT NULL,
	subject VARCHAR(32) NOT NULL,
	who VARCHAR NOT NULL,
	answer VARCHAR NOT NULL,
	words VARCHAR NOT NULL,
	on_day DATE NOT NULL,
	PRIMARY KEY (workspace, subject, who)
);

CREATE TABLE handling (
	workspace VARCHAR NOT NULL,
	observation VARCHAR(32) NOT NULL,
	"user" VARCHAR NOT NULL,
	PRIMARY KEY (workspace, observation)
);

CREATE INDEX audit_by_who ON audit (workspace, who);

CREATE INDEX audit_by_subject ON audit (workspace, subject);

CREATE INDEX delivery_by_recipient ON delivery (workspace, recipient);

DROP INDEX observation_by_due;

DROP INDEX observation_by_day;

CREATE INDEX observation_by_due ON observation (workspace, due_on, status, noted_on, filed_on, review_on);

CREATE INDEX observation_by_day ON observation (workspace, filed_on, kind, theme, area, status, filed_at, author);

UPDATE alembic_version SET version_num='0007' WHERE alembic_version.version_num = '0006';

CREATE TABLE practice_version (
	practice VARCHAR(32) NOT NULL,
	version INTEGER NOT NULL,
	workspace VARCHAR NOT NULL,
	number VARCHAR(9) NOT NULL,
	author VARCHAR,
	name VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	benefits VARCHAR NOT NULL,
	challenges VARCHAR NOT NULL,
	regional VARCHAR NOT NULL,
	improve VARCHAR NOT NULL,
	example VARCHAR NOT NULL,
	support VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	target VARCHAR NOT NULL,
	resources VARCHAR NOT NULL,
	evidence VARCHAR NOT NULL,
	link VARCHAR NOT NULL,
	area VARCHAR,
	theme VARCHAR,
	contact BOOLEAN NOT NULL,
	said VARCHAR NOT NULL,
	published_on DATE NOT NULL,
	PRIMARY KEY (practice, version)
);

ALTER TABLE network ADD COLUMN second_language VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE network ADD COLUMN new_blocks VARCHAR DEFAULT 'off' NOT NULL;

ALTER TABLE summary_words ADD COLUMN sender VARCHAR DEFAULT '' NOT NULL;

DROP INDEX observation_by_count;

CREATE INDEX observation_by_count ON observation (workspace, week, kind, theme, area, status, imported, author);

DROP INDEX observation_by_status;

CREATE INDEX observation_by_status ON observation (workspace, status, filed_on, opened_on, imported, warned, author);

DROP INDEX observation_by_due;

CREATE INDEX observation_by_due ON observation (workspace, due_on, status, noted_on, filed_on, review_on, kind, theme, area, author);

CREATE INDEX observation_by_last_word ON observation (workspace, noted_on, status, kind, theme, area, due_on) WHERE due_on IS NULL;

UPDATE alembic_version SET version_num='0008' WHERE alembic_version.version_num = '0007';

