// The door of @fmap/runtime/flow/postgres: the same engine on PostgreSQL, for several processes. Needs the packages pg and pg-boss.
export { grantsFor, grantWork } from "./grants.ts"
export { newestSchema } from "./migrate.ts"
export { openPostgresLedger, type PostgresLedger, type PostgresOptions } from "./open-ledger.ts"
export { postgresSource, postgresTarget } from "./postgres-end.ts"
export { createPostgresEngine } from "./postgres-engine.ts"
