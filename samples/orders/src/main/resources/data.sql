INSERT INTO orders (id, amount, paid) VALUES (1, 19.90, FALSE), (2, 5.00, FALSE), (3, 120.00, FALSE), (4, 42.42, FALSE);
