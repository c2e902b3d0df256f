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

