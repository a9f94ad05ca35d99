-- An event that nothing came before is the first of its transaction and found by its id.
DROP INDEX inbox_correlation;
CREATE INDEX inbox_correlation ON inbox (correlation_id) WHERE correlation_id <> id;
