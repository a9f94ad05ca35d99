export { importXsd } from "./import-xsd.ts"
