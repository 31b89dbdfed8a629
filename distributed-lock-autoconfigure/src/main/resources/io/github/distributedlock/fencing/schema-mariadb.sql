CREATE TABLE IF NOT EXISTS distributed_lock_fence (
  resource VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL PRIMARY KEY,
  token BIGINT NOT NULL
) ENGINE = InnoDB;
