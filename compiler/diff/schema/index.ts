export {
  compareSchemas,
  type SchemaComparison,
  type SchemaQuestion,
  type ShapePolicy,
} from "./compare-schemas.ts"
export {
  readSchema,
  type SchemaDocument,
  type SchemaProblem,
  type SchemaRead,
  schemaOfValue,
} from "./schema-document.ts"
