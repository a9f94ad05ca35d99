// In which format a file is read or results are written: what the command says, else the file's ending, else the system of the contract.
// Flows in: the Plan, a shape and the words. Flows out: the form of the bytes, and what a codec must know of the contract.
import type { Plan, ShapeId } from "@fmap/compiler"
import { wireSpec } from "@fmap/compiler"
import { plainCsv, type Transport, type WireSpec } from "@fmap/runtime/wire"
import { formOfName, type InputForm } from "./records.ts"

export type WireFormat = "json" | "ndjson" | "csv"

/** `form`: undefined where only the content can tell between one JSON document and NDJSON. */
export interface WireForm {
  readonly form: InputForm | "csv" | undefined
  readonly spec: WireSpec
}

export interface FormWords {
  /** Null: standard input. */
  readonly file: string | null
  readonly format: WireFormat | undefined
  /** One JSON list holds the records. */
  readonly each: boolean
}

export function inputForm(plan: Plan, shape: ShapeId, { file, format, each }: FormWords): WireForm {
  const spec = wireSpec(plan, shape)
  const { transport } = spec
  const isTabs = file !== null && /\.tsv$/iu.test(file)
  const said = format ?? (file === null ? undefined : formatOfName(file))
  const plain = isTabs ? { ...plainCsv, delimiter: "\t" } : plainCsv
  switch (said ?? formatOf(transport)) {
    case "csv":
      return { form: "csv", spec: { ...spec, transport: transport?.kind === "csv" ? transport : plain } }
    case "ndjson":
      return { form: "lines", spec: { ...spec, transport: jsonTransport(transport) } }
    case "json":
      return { form: each ? "list" : "document", spec: { ...spec, transport: jsonTransport(transport) } }
    case undefined:
      return { form: each ? "list" : undefined, spec }
  }
}

/** What results are written as; null: JSON or NDJSON. */
export function outputTransport(
  plan: Plan,
  shape: ShapeId,
  format: WireFormat | undefined,
): { readonly format: WireFormat; readonly spec: WireSpec } {
  const spec = wireSpec(plan, shape)
  const chosen = format ?? formatOf(spec.transport) ?? "ndjson"
  if (chosen !== "csv") return { format: chosen, spec }
  return {
    format: chosen,
    spec: { ...spec, transport: spec.transport?.kind === "csv" ? spec.transport : plainCsv },
  }
}

function formatOfName(file: string): WireFormat | undefined {
  if (/\.(?:csv|tsv)$/iu.test(file)) return "csv"
  const form = formOfName(file)
  return form === "lines" ? "ndjson" : form === "document" ? "json" : undefined
}

/** Undefined: JSON, as one document or as lines. */
function formatOf(transport: Transport | null): WireFormat | undefined {
  return transport?.kind === "csv" || transport?.kind === "ndjson" ? transport.kind : undefined
}

function jsonTransport(transport: Transport | null): Transport | null {
  return transport?.kind === "csv" || transport?.kind === "xml" ? null : transport
}
