-- Figures of all that ever was are read from indexes, and amounts are added up where they lie: exactly, and without a row for each.

CREATE INDEX inbox_figures ON inbox (flow, flow_version, state, received_at);
CREATE INDEX inbox_because ON inbox (flow, flow_version, because) WHERE because IS NOT NULL;
-- What ended when, for watches and objectives.
CREATE INDEX inbox_done ON inbox (flow, ended_at, took_ms) WHERE state = 'done';
-- Done anew by a reissue, and what takes back: few.
CREATE INDEX effect_anew ON effect (event, name, generation) WHERE generation > 0;
CREATE INDEX effect_undoing ON effect (event, generation, undoes) WHERE undoes IS NOT NULL;
-- Amounts of more digits than the sums take, one by one.
CREATE INDEX inbox_long ON inbox (flow, flow_version, state, currency, amount) WHERE length(amount) > 18;
CREATE INDEX effect_long ON effect (target, currency, amount) WHERE state = 'done' AND length(amount) > 18;

CREATE INDEX inbox_amounts ON inbox (flow, flow_version, state, currency, amount) WHERE length(amount) <= 18;
CREATE VIEW event_sums AS
SELECT flow, flow_version, state, currency, CAST(sum(CAST(amount AS numeric)) AS text) COLLATE "C" AS total FROM inbox WHERE length(amount) <= 18
GROUP BY flow, flow_version, state, currency;
CREATE INDEX effect_amounts ON effect (target, currency, amount) WHERE state = 'done' AND length(amount) <= 18;
CREATE VIEW effect_sums AS
SELECT target, currency, CAST(sum(CAST(amount AS numeric)) AS text) COLLATE "C" AS total FROM effect WHERE state = 'done' AND length(amount) <= 18
GROUP BY target, currency;
