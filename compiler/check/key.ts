// The idempotency key (Law 9): made of identifying fields only, and never the same for two different records (decision 20).
import { type CollectClause, diagnostic, type Expression, type KeyStatement, type Path } from "@fmap/grammar"
import type { BoundShape } from "../resolve/model.ts"
import type { Type } from "../types/type.ts"
import { type Context, place } from "./context.ts"
import { asPath } from "./expressions/as-path.ts"

export function checkKey(
  statement: KeyStatement,
  sources: readonly number[],
  ctx: Context,
): { readonly field: string; readonly onReplay: readonly { when: string; action: string }[] } | null {
  const paths = partsOf(statement.value, ctx)
  if (paths === null) return null
  let good = true
  if (paths.length === 0) {
    ctx.state.report(
      diagnostic(
        "FM4117",
        { reason: "it reads no field, so every record would have the same" },
        place(ctx, statement.value.span),
      ),
    )
    return null
  }
  for (const path of paths) {
    if (identifies(path, sources, ctx)) continue
    good = false
    ctx.state.report(
      diagnostic("FM4115", { field: path.names.map(n => n.text).join(".") }, place(ctx, path.span), {
        label: "not marked `key`",
        help: "Build the key of fields marked `key` in their contract.",
      }),
    )
  }
  return withReplay(statement, good, ctx)
}

/** The key of a collected record: its fields that tell groups apart, every one of them, so that no two groups have the same. */
export function checkGroupKey(
  statement: KeyStatement,
  collect: CollectClause,
  target: string,
  ctx: Context,
): ReturnType<typeof checkKey> {
  const paths = partsOf(statement.value, ctx)
  if (paths === null) return null
  const read = new Set(
    paths.map(({ names }) => (names[0]?.text === target ? names.slice(1) : names).map(n => n.text).join(".")),
  )
  const forgotten = collect.keys.find(key => !read.has(key.text) && key.text !== statement.target.text)
  if (forgotten !== undefined) {
    ctx.state.report(
      diagnostic("FM4196", { field: forgotten.text }, place(ctx, statement.value.span), {
        label: "not of the whole group",
        related: [{ place: place(ctx, forgotten.span), text: "tells groups apart" }],
        help: `Write \`key(${collect.keys.map(key => key.text).join(", ")})\`.`,
      }),
    )
  }
  return withReplay(statement, forgotten === undefined, ctx)
}

function withReplay(statement: KeyStatement, fine: boolean, ctx: Context): ReturnType<typeof checkKey> {
  let good = fine
  const allowed: Record<string, readonly string[]> = {
    same: ["skip", "update", "reject"],
    changed: ["reject", "update", "hold"],
  }
  const seen = new Set<string>()
  for (const part of statement.onReplay) {
    const actions = Object.hasOwn(allowed, part.when.text) ? allowed[part.when.text] : undefined
    if (actions?.includes(part.action.text) !== true || seen.has(part.when.text)) {
      good = false
      ctx.state.report(
        diagnostic(
          "FM4117",
          {
            reason: "`on replay` takes `same skip|update|reject` and `changed reject|update|hold`, each once",
          },
          place(ctx, part.span),
        ),
      )
    }
    seen.add(part.when.text)
  }
  return good
    ? {
        field: statement.target.text,
        onReplay: statement.onReplay.map(p => ({ when: p.when.text, action: p.action.text })),
      }
    : null
}

/** The paths a key is made of; null where its form is not one of the two allowed. */
function partsOf(node: Expression, ctx: Context): readonly Path[] | null {
  if (node.kind === "parenthesized") return partsOf(node.inner, ctx)
  const path = asPath(node)
  if (path !== null) return [path]
  if (node.kind === "error") return null
  if (node.kind === "call" && node.callee.text === "key") {
    const parts = node.arguments.map(argument => partsOf(argument, ctx))
    return parts.some(p => p === null) ? null : parts.flatMap(p => p ?? [])
  }
  if (node.kind !== "text") {
    ctx.state.report(
      diagnostic(
        "FM4117",
        { reason: "it is a field, a text with holes, or `key(…)` of several fields" },
        place(ctx, node.span),
        {
          help: 'Write it like `"SF-{opp.Id}"`.',
        },
      ),
    )
    return null
  }
  const paths: Path[] = []
  let afterHole = false
  for (const part of node.parts) {
    if (part.kind === "chars") {
      if (part.text !== "") afterHole = false
      continue
    }
    if (afterHole) {
      ctx.state.report(
        diagnostic("FM4116", {}, place(ctx, part.span), {
          label: "touches the part before it",
          help: "Put a character between them that neither can contain.",
        }),
      )
      return null
    }
    afterHole = true
    paths.push(part.path)
  }
  return paths
}

/** A source's own field marked `key`, directly or through records. */
function identifies(path: Path, sources: readonly number[], ctx: Context): boolean {
  const [first, ...rest] = path.names
  if (first === undefined) return false
  let binding = ctx.scope.names.get(first.text)
  for (let s = ctx.scope.parent; binding === undefined && s !== null; s = s.parent)
    binding = s.names.get(first.text)
  if (binding?.kind !== "value") return false
  if (!sources.includes(binding.variable))
    return binding.type.kind !== "record" && rest.length === 0 && !binding.isLet
  let type: Type = binding.type
  let isKey = false
  for (const name of rest) {
    if (type.kind !== "record") return false
    const shape: BoundShape = type.shape
    const field = shape.fields.find(f => f.name === name.text)
    if (field === undefined) return false
    isKey = field.key
    type = field.type
  }
  return isKey
}
