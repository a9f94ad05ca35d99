export { importEdmx } from "./import-edmx.ts"
