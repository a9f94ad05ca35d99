// What the fields of a target are, as far as rules ask. Flows in: a map and the shapes of its Plan. Flows out: the role of the field at a JSON pointer.
// A list or record is an amount where there is one in it.
import type { PlanField, PlanMap, PlanShape, ShapeId, WireType } from "../../plan/index.ts"
import type { FieldRole } from "./comparing.ts"

export function fieldRoles(map: PlanMap, shape: (id: ShapeId) => PlanShape): (path: string) => FieldRole {
  const known = new Map<string, FieldRole>()
  return path => {
    const found = known.get(path) ?? roleOf(path, map, shape)
    known.set(path, found)
    return found
  }
}

function roleOf(path: string, map: PlanMap, shape: (id: ShapeId) => PlanShape): FieldRole {
  const steps = path.split("/").slice(1).map(unescaped)
  let owner: PlanShape | null = shape(map.target.shape)
  let type: WireType | null = null
  let isKey = false
  let gives: FieldRole["gives"] = null
  let name = ""
  for (const step of steps) {
    if (step === "[]") {
      name += "[]"
      type = elementOf(type)
    } else {
      const field: PlanField | undefined = owner?.fields.find(one => one.wireName === step)
      name += `${name === "" ? "" : "."}${field?.name ?? step}`
      isKey = field !== undefined && (field.key || (steps.length === 1 && map.key?.field === field.name))
      gives = field === undefined || owner === null ? null : unitOf(field.name, field.type, owner)
      type = field?.type ?? null
    }
    owner = type?.kind === "record" ? shape(type.shape) : null
  }
  const isAmount = type === null ? false : hasAmount(type, shape, new Set())
  return { name: name === "" ? map.target.name : name, isAmount, isKey, gives }
}

function elementOf(type: WireType | null): WireType | null {
  return type?.kind === "list" || type?.kind === "dictionary" ? type.of : null
}

function unitOf(name: string, type: WireType, owner: PlanShape): FieldRole["gives"] {
  if (type.kind === "currency") return "currency"
  for (const field of owner.fields) {
    const unit = "unit" in field.type ? field.type.unit : null
    if (unit?.kind === "field" && unit.path[0] === name && unit.path.length === 1)
      return field.type.kind === "quantity" ? "unit" : "currency"
  }
  return null
}

function hasAmount(type: WireType, shape: (id: ShapeId) => PlanShape, seen: Set<ShapeId>): boolean {
  switch (type.kind) {
    case "money":
      return true
    case "list":
    case "dictionary":
      return hasAmount(type.of, shape, seen)
    case "record":
      if (seen.has(type.shape)) return false
      seen.add(type.shape)
      return shape(type.shape).fields.some(field => hasAmount(field.type, shape, seen))
    default:
      return false
  }
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~")
}
