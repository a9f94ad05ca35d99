export {
  compareSchemas,
  type SchemaComparison,
  type SchemaQuestion,
  type ShapePolicy,
} from "./compare-schemas.ts"
export { createPatterns } from "./patterns/language.ts"
export {
  readSchema,
  type SchemaDocument,
  type SchemaProblem,
  type SchemaRead,
  schemaOfValue,
} from "./schema-document.ts"
export type { Accepts } from "./witness/find-witness.ts"
export type { ValidatorOf } from "./witness/with-witness.ts"
