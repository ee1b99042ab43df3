-- Standard SQL, for DuckDB and PostgreSQL. Times are in milliseconds since 1970.
CREATE SEQUENCE account_id;

CREATE TABLE account (
  id BIGINT DEFAULT nextval('account_id') PRIMARY KEY,
  email VARCHAR NOT NULL UNIQUE,
  first_name VARCHAR NOT NULL,
  last_name VARCHAR NOT NULL,
  joined BIGINT NOT NULL,
  last_login BIGINT NOT NULL
);

CREATE SEQUENCE cohort_id;

CREATE TABLE cohort (
  id BIGINT DEFAULT nextval('cohort_id') PRIMARY KEY,
  owner VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  description VARCHAR,
  filters VARCHAR NOT NULL,
  deleted BOOLEAN NOT NULL
);

CREATE INDEX cohort_owner ON cohort (owner);
