// In which format a file is read or results are written: what the command says, else the file's ending, else the system of the contract.
// Flows in: the Plan, a shape and the words. Flows out: the form of the bytes, and what a codec must know of the contract.
import type { Plan, ShapeId } from "@fmap/compiler"
import { wireSpec } from "@fmap/compiler"
import { plainCsv, type Transport, type WireSpec } from "@fmap/runtime/wire"
import { formOfName, type InputForm } from "./records.ts"

export type WireFormat = "json" | "ndjson" | "csv" | "odata2" | "odata4" | "netsuite" | "xml"

/** `form`: undefined where only the content can tell between one JSON document and NDJSON. */
export interface WireForm {
  readonly form: InputForm | "csv" | "xml" | undefined
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
  const named = file === null ? undefined : formatOfName(file)
  const chosen = format ?? named ?? transport?.kind
  const document = each ? "list" : "document"
  switch (chosen) {
    case "csv": {
      const isTabs = file !== null && /\.tsv$/iu.test(file)
      const plain = isTabs ? { ...plainCsv, delimiter: "\t" } : plainCsv
      return { form: "csv", spec: { ...spec, transport: transport?.kind === "csv" ? transport : plain } }
    }
    case "xml":
      return {
        form: "xml",
        spec: { ...spec, transport: transport?.kind === "xml" ? transport : plainXml(spec) },
      }
    case "ndjson":
      return { form: "lines", spec: jsonSpec(spec) }
    case "json":
      return { form: document, spec: jsonSpec(spec) }
    case "odata2":
    case "odata4":
    case "netsuite":
      return {
        form: named === "ndjson" ? "lines" : "document",
        spec: { ...spec, transport: { kind: chosen } },
      }
    case undefined:
      return { form: each ? "list" : undefined, spec }
  }
}

export interface OutputForm {
  readonly format: WireFormat
  readonly spec: WireSpec
}

/** Bodies of requests to OData and NetSuite are JSON, one a line; a list in their envelope is written when it is asked for. */
export function outputForm(plan: Plan, shape: ShapeId, format: WireFormat | undefined): OutputForm {
  const spec = wireSpec(plan, shape)
  const { transport } = spec
  const own = transport?.kind === "csv" || transport?.kind === "xml" ? transport.kind : "ndjson"
  const chosen = format ?? own
  switch (chosen) {
    case "csv":
      return {
        format: chosen,
        spec: { ...spec, transport: transport?.kind === "csv" ? transport : plainCsv },
      }
    case "xml":
      return {
        format: chosen,
        spec: { ...spec, transport: transport?.kind === "xml" ? transport : plainXml(spec) },
      }
    case "odata2":
    case "odata4":
    case "netsuite":
      return { format: chosen, spec: { ...spec, transport: { kind: chosen } } }
    default:
      return { format: chosen, spec }
  }
}

function plainXml({ contract }: WireSpec): Transport {
  return { kind: "xml", root: contract, list: null, namespaces: [] }
}

function formatOfName(file: string): "json" | "ndjson" | "csv" | "xml" | undefined {
  if (/\.(?:csv|tsv)$/iu.test(file)) return "csv"
  if (/\.xml$/iu.test(file)) return "xml"
  const form = formOfName(file)
  return form === "lines" ? "ndjson" : form === "document" ? "json" : undefined
}

/** JSON may have an envelope, but is neither rows nor elements. */
function jsonSpec(spec: WireSpec): WireSpec {
  const { transport } = spec
  return transport?.kind === "csv" || transport?.kind === "xml" ? { ...spec, transport: null } : spec
}
