CREATE TABLE distributed_lock_fence (
  resource NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
  token BIGINT NOT NULL
);
