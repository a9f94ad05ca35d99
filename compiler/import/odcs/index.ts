export { importOdcs } from "./import-odcs.ts"
