CREATE TABLE distributed_lock_fence (
  resource VARCHAR(255) NOT NULL PRIMARY KEY,
  token BIGINT NOT NULL
);
