export {
  type JsonSchemaOptions,
  jsonSchemaEmitter,
  jsonSchemaOptions,
  schemaOf,
} from "./json-schema-emitter.ts"
