// What a build asks for, from the emitters that make it. Flows in: the Plan and what to emit. Flows out: files.
import type { Plan } from "../plan/index.ts"
import { type AsyncApiOptions, asyncApiEmitter } from "./asyncapi/index.ts"
import type { EmittedFile } from "./emitter.ts"
import { type JsonSchemaOptions, jsonSchemaEmitter } from "./json-schema/index.ts"
import { type OdcsOptions, odcsEmitter } from "./odcs/index.ts"
import { planEmitter } from "./plan/index.ts"
import { type TypescriptOptions, typescriptEmitter } from "./typescript/index.ts"

/** What is left out is not emitted. */
export interface EmitOptions {
  /** `true`: the output folder is the project's folder itself. */
  readonly typescript?: boolean | TypescriptOptions | undefined
  readonly jsonSchema?: boolean | JsonSchemaOptions | undefined
  readonly plan?: boolean | undefined
  readonly asyncapi?: boolean | AsyncApiOptions | undefined
  readonly odcs?: boolean | OdcsOptions | undefined
}

export function emitFiles(
  plan: Plan,
  { typescript, jsonSchema, plan: planFile, asyncapi, odcs }: EmitOptions,
): readonly EmittedFile[] {
  return [
    ...(typescript === undefined || typescript === false
      ? []
      : typescriptEmitter.emit(plan, typescript === true ? { sourceRoot: "" } : typescript)),
    ...(jsonSchema === undefined || jsonSchema === false
      ? []
      : jsonSchemaEmitter.emit(plan, jsonSchema === true ? {} : jsonSchema)),
    ...(planFile === true ? planEmitter.emit(plan, {}) : []),
    ...(asyncapi === undefined || asyncapi === false
      ? []
      : asyncApiEmitter.emit(plan, asyncapi === true ? {} : asyncapi)),
    ...(odcs === undefined || odcs === false ? [] : odcsEmitter.emit(plan, odcs === true ? {} : odcs)),
  ]
}
