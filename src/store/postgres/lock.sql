-- Keeps others from writing until the end, and lets them read; whoever is writing now has a while to end.
SET LOCAL lock_timeout = '5s';
LOCK TABLE :tables IN EXCLUSIVE MODE;
SET LOCAL lock_timeout = 0;
