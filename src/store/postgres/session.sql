-- What reading from a server relies on: how it writes values as text, and that it stops when its client is gone.
-- Compiling a view to machine code takes longer than to run it.
SET LOCAL statement_timeout = :timeout;
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL standard_conforming_strings = on;
SET LOCAL bytea_output = hex;
SET LOCAL extra_float_digits = 1;
SET LOCAL DateStyle = ISO;
SET LOCAL IntervalStyle = postgres;
SET LOCAL TimeZone = UTC;
SET LOCAL jit = off;
