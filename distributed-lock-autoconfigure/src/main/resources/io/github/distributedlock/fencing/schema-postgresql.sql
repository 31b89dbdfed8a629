CREATE TABLE IF NOT EXISTS distributed_lock_fence (
  resource VARCHAR(255) NOT NULL PRIMARY KEY,
  token BIGINT NOT NULL
);
