export { importNetsuite } from "./import-netsuite.ts"
