CREATE TABLE distributed_lock_fence (
  resource VARCHAR2(255 CHAR) NOT NULL PRIMARY KEY,
  token NUMBER(19) NOT NULL
);
