export { importCdm } from "./import-cdm.ts"
