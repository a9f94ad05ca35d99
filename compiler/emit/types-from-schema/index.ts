export { type SchemaTypes, typesFromSchema } from "./types-from-schema.ts"
