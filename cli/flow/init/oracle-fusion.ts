// The entry of Oracle Fusion Cloud ERP. Flows in: a system. Flows out: its entry: a resource for each object, and an import by files for what is loaded.
import { placeholder } from "../placeholder.ts"
import { byName, isScalar, type JsonObject, type Template, type UsedObject, whereItIs } from "./template.ts"

const root = "/fscmRestApi/resources/11.13.18.05"

export const oracleFusion: Template = {
  simulator: () => "oracle-fusion",
  prepare({ objects, secret }, at) {
    const imports = objects.filter(({ needs }) => needs.has("load"))
    const resources = objects.filter(({ needs }) => [...needs].some(need => need !== "load"))
    return {
      entry: {
        kind: "oracle-fusion",
        ...whereItIs(at, root, `https://${placeholder("POD")}.oraclecloud.com${root}`),
        auth: { kind: "basic", user: secret("USER"), password: secret("PASSWORD") },
        objects: byName(resources, resourceOf),
        ...(imports.length === 0 ? {} : { imports: byName(imports, object => importOf(object, at)) }),
      },
      notes: imports.map(
        ({ name }) => `columns of ${name} have to stand in the order of the import's template.`,
      ),
    }
  },
}

/** Those known to take Upsert-Mode: of another that takes it not, an upsert would make a second record. */
const upserting: ReadonlySet<string> = new Set(["receivablesInvoices", "salesOrdersForOrderHub"])

function resourceOf({ name, needs, fields }: UsedObject): JsonObject {
  const isKnown = !needs.has("upsert") || upserting.has(name)
  const source = "SourceTransactionSystem"
  const lacksSource = name === "salesOrdersForOrderHub" && !fields.some(field => field.name === source)
  return {
    resource: isKnown ? name : placeholder("RESOURCE-THAT-TAKES-UPSERT-MODE"),
    ...(needs.has("upsert") ? { upserts: true } : {}),
    ...(lacksSource ? { always: { [source]: "FMAP" } } : {}),
  }
}

function importOf({ name, fields }: UsedObject, at: string | undefined): JsonObject {
  const known = at === undefined
  const lists = fields.filter(({ kind }) => kind === "list")
  const file = (of: string) => (known ? `${placeholder("NAME-IN-THE-TEMPLATE")}.csv` : `${of}.csv`)
  return {
    job: known ? placeholder("PACKAGE-AND-NAME-OF-THE-JOB") : "/simulated/imports,Import",
    parameters: known ? [placeholder("PARAMETERS-OF-THE-JOB")] : [],
    files: [
      { name: file(name), columns: fields.filter(isScalar).map(field => field.name) },
      ...lists.map(list => ({
        name: file(list.name),
        columns: list.rows,
        of: list.name,
      })),
    ],
  }
}
