// The entry of Workday Adaptive Planning. Flows in: a system. Flows out: its entry: what is loaded as rows of a template, what is read as an export.
import { placeholder } from "../placeholder.ts"
import { byName, isScalar, type JsonObject, type Template, type UsedObject, whereItIs } from "./template.ts"

export const adaptive: Template = {
  simulator: () => "adaptive",
  prepare({ objects, secret }, at) {
    const loaded = objects.filter(({ needs }) => needs.has("load"))
    const read = objects.filter(({ needs }) => needs.has("read"))
    return {
      entry: {
        kind: "adaptive",
        ...whereItIs(at, "/api", "https://api.adaptiveinsights.com/api"),
        login: secret("LOGIN"),
        password: secret("PASSWORD"),
        apiVersion: "v40",
        objects: byName(loaded, object => ({
          method: "importStandardData",
          planOrActuals: "Plan",
          version: at === undefined ? placeholder("VERSION") : "Simulated",
          columns: object.fields.filter(isScalar).map(({ name }) => name),
        })),
        ...(read.length === 0 ? {} : { reads: byName(read, object => exportOf(object, at)) }),
      },
      notes: [
        ...loaded.map(
          ({ name }) =>
            `${name} is loaded by importStandardData as Plan: importCubeData with a sheet, and Actuals, are the others; columns have to be those of the template.`,
        ),
        ...loaded.flatMap(({ name, over }) =>
          over === null
            ? []
            : [`${name} is to replace: say "sendsAllCells" where every cell of a slice is always sent.`],
        ),
      ],
    }
  },
}

/** What figures have beside dimensions. */
const own: ReadonlySet<string> = new Set([
  "Account Name",
  "Account Code",
  "Level Name",
  "Version",
  "Period",
  "Value",
])

function exportOf({ name, fields }: UsedObject, at: string | undefined): JsonObject {
  for (const kind of ["version", "account", "level"])
    if (name.toLowerCase().startsWith(kind)) return { kind: `${kind}s` }
  const names = fields.filter(isScalar).map(field => field.name)
  const dimensions = names.filter(field => !own.has(field) && !/^\d\d\/\d{4}$/u.test(field))
  return {
    kind: "data",
    ...(dimensions.length === 0 ? {} : { dimensions }),
    from: at === undefined ? placeholder("FIRST-PERIOD") : "01/2026",
    to: at === undefined ? placeholder("LAST-PERIOD") : "12/2026",
    shape: names.includes("Value") ? "figures" : "rows",
  }
}
