// Objects that options describe, by the name contracts give them. Flows in: descriptions. Flows out: the one that is asked for; what nobody described is refused.
import type { CallFailed } from "../../flow/port/failures.ts"
import { notOffered } from "../http/key-of.ts"

export function describedIn<T>(system: string, objects: Readonly<Record<string, T>>): (name: string) => T {
  return name => {
    const found = Object.hasOwn(objects, name) ? objects[name] : undefined
    if (found === undefined) throw undescribed(system, name)
    return found
  }
}

function undescribed(system: string, name: string): CallFailed {
  return notOffered(system, `The connection's options describe no ${name}.`)
}
