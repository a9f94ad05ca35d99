// What the formatter must know of the tree: where lines of bodies begin, and which signs are prefixes. Flows in: a tree.
// Flows out: sets of offsets.
import type { Span } from "../tree/common.ts"
import type { FileTree } from "../tree/declarations.ts"

export interface Marks {
  /** Starts of declarations, statements, members, arms and rows. */
  readonly starts: ReadonlySet<number>
  /** Starts of enum members written `.Booked` and of unary minus. */
  readonly prefixes: ReadonlySet<number>
  /** Starts of field modifiers. */
  readonly modifiers: ReadonlySet<number>
  /** Starts of the sizes of built-in types: `decimal(18,4)` has no blank. */
  readonly sizes: ReadonlySet<number>
  /** Starts of system declarations: their braces hold clauses. */
  readonly systems: ReadonlySet<number>
  /** Where functions stand: their lines go on without a body in braces. */
  readonly functions: readonly Span[]
}

const lineLists: ReadonlySet<string> = new Set([
  "declarations",
  "statements",
  "members",
  "arms",
  "rows",
  "totals",
  "controls",
])
interface Node {
  readonly kind?: string
  readonly operator?: string
  readonly low?: unknown
  readonly span?: { readonly start: number }
}

export function marksOf(tree: FileTree): Marks {
  const starts = new Set<number>()
  const prefixes = new Set<number>()
  const modifiers = new Set<number>()
  const sizes = new Set<number>()
  const systems = new Set<number>()
  const functions = tree.declarations.flatMap(declaration =>
    declaration.kind === "fn" ? [declaration.span] : [],
  )
  const visit = (node: Node) => {
    const start = node.span?.start ?? -1
    if (node.kind === "enumMember" || (node.kind === "unary" && node.operator === "-")) prefixes.add(start)
    if (typeof node.low === "string" && node.low.startsWith("-")) prefixes.add(start)
    if (node.kind === "system") systems.add(start)
    if (node.kind === "collect") starts.add(start)
    for (const [key, value] of Object.entries(node)) {
      if (Array.isArray(value)) {
        for (const item of value as Node[]) {
          if (typeof item !== "object" || item === null) continue
          if (lineLists.has(key) && item.span !== undefined) starts.add(item.span.start)
          if (key === "modifiers" && item.span !== undefined) modifiers.add(item.span.start)
          if (node.kind === "builtinType" && key === "arguments" && item.span !== undefined)
            sizes.add(item.span.start)
          visit(item)
        }
      } else if (typeof value === "object" && value !== null && key !== "span") visit(value as Node)
    }
  }
  visit(tree as Node)
  return { starts, prefixes, modifiers, sizes, systems, functions }
}
