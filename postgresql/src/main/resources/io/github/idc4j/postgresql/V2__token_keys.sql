-- The keys of tokens, in one row.
CREATE TABLE token_keys (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  content BYTEA NOT NULL
);
