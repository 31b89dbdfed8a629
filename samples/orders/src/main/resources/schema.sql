CREATE TABLE orders (
  id BIGINT PRIMARY KEY,
  amount DECIMAL(10, 2) NOT NULL,
  paid BOOLEAN NOT NULL
);
-- No unique order_id: it would hide a lock that does not work.
CREATE TABLE payments (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id BIGINT NOT NULL,
  amount DECIMAL(10, 2) NOT NULL,
  node VARCHAR(20) NOT NULL,
  token BIGINT
);
