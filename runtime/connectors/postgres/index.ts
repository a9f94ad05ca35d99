// The door of @fmap/runtime/connectors/postgres: a warehouse as a system. It needs the package pg.
export type { WarehouseTable } from "./table.ts"
export { createWarehouse, type WarehouseOptions } from "./warehouse.ts"
