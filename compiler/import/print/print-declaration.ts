// One declaration as it is written. Flows in: a settled declaration and the names of the import. Flows out: its text, not yet
// formatted. Fields are printed one by one, so that a re-import can put a single one into a file.
import type {
  ImportedContract,
  ImportedDeclaration,
  ImportedField,
  ImportedRecord,
  ImportedSystem,
} from "../model.ts"
import { docLines } from "./docs.ts"
import type { ImportNames } from "./name-declarations.ts"
import { written } from "./names.ts"
import { textLiteral } from "./text-literal.ts"
import { enumBody, type NamesHere, typeText } from "./type-text.ts"

function promises(contract: ImportedContract): readonly string[] {
  const { owner, lifecycle, sunset, compatible, retention, slo } = contract
  return [
    ...(owner === undefined ? [] : [`owner ${textLiteral(owner)}`]),
    ...(lifecycle === undefined
      ? []
      : [`lifecycle ${lifecycle}${sunset === undefined ? "" : ` sunset ${sunset}`}`]),
    ...(compatible === undefined ? [] : [`compatible ${compatible}`]),
    ...(retention === undefined ? [] : [`retention ${retention.count} ${retention.unit}`]),
    ...(slo === undefined ? [] : [`slo ${slo}`]),
  ]
}

export function printSystem(system: ImportedSystem, name: string): string {
  const forms = [
    ...[...system.wire].map(([family, form]) => `${family}: ${form}`),
    ...(system.namespaces ?? []).map(
      ({ prefix, uri }) => `${prefix === "" ? "xmlns" : written(`xmlns:${prefix}`)}: ${textLiteral(uri)}`,
    ),
  ].join(", ")
  const profile = system.profile ?? "json"
  const wire = forms === "" ? (system.profile ?? "") : `${profile}(${forms})`
  return [
    ...docLines(system.docs),
    `system ${written(name)} {`,
    ...(system.kind === null ? [] : [`  kind ${written(system.kind)}`]),
    ...(system.owner === undefined ? [] : [`  owner ${textLiteral(system.owner)}`]),
    ...(wire === "" ? [] : [`  wire ${wire}`]),
    ...(system.residency === undefined ? [] : [`  residency ${written(system.residency)}`]),
    "}",
  ].join("\n")
}

/** `clauses` stand after the name of a contract: where it comes from. */
export function printDeclaration(
  declaration: ImportedDeclaration,
  names: ImportNames,
  clauses: readonly string[] = [],
): string {
  const docs = docLines(declaration.docs)
  const name = names.declarations.get(declaration.name) ?? declaration.name
  const as = name === declaration.name ? "" : ` as ${textLiteral(declaration.name)}`
  switch (declaration.kind) {
    case "enum":
      return [
        ...docs,
        `${declaration.open ? "open " : ""}enum ${written(name)}${as} ${enumBody(declaration.members)}`,
      ].join("\n")
    case "record": {
      const parameters = declaration.parameters
        .map(
          p =>
            `${written(parameterOf(declaration.name, p.name, names))}: ${p.type === "text" ? "unit" : p.type}`,
        )
        .join(", ")
      return [
        ...docs,
        `record ${written(name)}${parameters === "" ? "" : `(${parameters})`}${as} {`,
        ...declaration.fields.flatMap(field => printField(field, declaration, names)),
        "}",
      ].join("\n")
    }
    case "contract": {
      const of = names.system === null ? "" : ` of ${written(names.system)}`
      return [
        ...docs,
        `contract ${written(name)}${as}${of} version ${declaration.version}`,
        ...(declaration.direction === "both" ? [] : [`  ${declaration.direction}`]),
        ...clauses.map(clause => `  ${clause}`),
        ...promises(declaration).map(clause => `  ${clause}`),
        "{",
        ...declaration.fields.flatMap(field => printField(field, declaration, names)),
        ...profile("create", declaration.requiredOnCreate, declaration, names),
        ...profile("update", declaration.requiredOnUpdate, declaration, names),
        "}",
      ].join("\n")
    }
  }
}

export function printField(
  field: ImportedField,
  shape: ImportedRecord | ImportedContract,
  names: ImportNames,
): readonly string[] {
  return [
    ...docLines(field.docs, "  "),
    `  ${fieldHead(field, shape, names)} : ${fieldRest(field, shape, names)}`,
  ]
}

function fieldHead(
  field: ImportedField,
  shape: ImportedRecord | ImportedContract,
  names: ImportNames,
): string {
  return `${written(nameOf(shape.name, field.wireName, names))}${field.optional ? "?" : ""}`
}

/** Behind the colon: type, marks, wire form. What a re-import compares. */
export function fieldRest(
  field: ImportedField,
  shape: ImportedRecord | ImportedContract,
  names: ImportNames,
): string {
  const as = names.fields.get(shape.name)?.get(field.wireName)?.as ?? ""
  const marks = [...(field.key ? ["key"] : []), ...field.marks].map(mark => ` ${mark}`).join("")
  const wire = field.wire === null ? "" : ` wire ${field.wire}`
  return `${typeText(field.type, namesHere(shape.name, names))}${as}${marks}${wire}`
}

export function namesHere(shape: string, names: ImportNames): NamesHere {
  return {
    declaration: source => names.declarations.get(source) ?? source,
    field: wire => nameOf(shape, wire, names),
    parameter: name => parameterOf(shape, name, names),
    fieldOf: (declaration, wire) => nameOf(declaration, wire, names),
  }
}

function profile(
  word: "create" | "update",
  wireNames: readonly string[],
  shape: ImportedContract,
  names: ImportNames,
): readonly string[] {
  if (wireNames.length === 0) return []
  return [
    "",
    `  on ${word} require ${wireNames.map(wire => written(nameOf(shape.name, wire, names))).join(", ")}`,
  ]
}

function nameOf(shape: string, wire: string, names: ImportNames): string {
  return names.fields.get(shape)?.get(wire)?.name ?? wire
}

function parameterOf(shape: string, name: string, names: ImportNames): string {
  return names.parameters.get(shape)?.get(name) ?? name
}
