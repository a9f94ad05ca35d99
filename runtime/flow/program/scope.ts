// Binders and what they hold, in wire form. Flows in: values of the trigger and of steps. Flows out: values by name; a name that is not there is
// missing. Elements of a list have scopes of their own inside that of the flow.
export interface Scope {
  get(binder: string): unknown
  set(binder: string, value: unknown): void
  /** For one element: it sees what is outside, and nobody outside sees what is in it. */
  inner(): Scope
}

export function scopeOf(outer?: Scope): Scope {
  const values = new Map<string, unknown>()
  const scope: Scope = {
    get: binder => (values.has(binder) ? values.get(binder) : outer?.get(binder)),
    set: (binder, value) => void values.set(binder, value),
    inner: () => scopeOf(scope),
  }
  return scope
}

/** The binders by name, as a map is given them: `__proto__` is a name like any other. */
export function valuesOf(scope: Scope, binders: readonly string[]): Readonly<Record<string, unknown>> {
  const entries = binders.map(binder => [binder, scope.get(binder)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** What stands at a path of wire names; undefined where there is nothing. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value
  for (const name of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined
    at = (at as Readonly<Record<string, unknown>>)[name]
  }
  return at ?? undefined
}
