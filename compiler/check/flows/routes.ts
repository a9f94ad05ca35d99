// What becomes of an event that stops. Flows in: routes and every code the flow can end with (Law 5). Flows out: routes for the runtime, the
// most specific first. A code without a route is an error, and so is a route for what cannot happen.
import { diagnostic, type FlowRoute } from "@fmap/grammar"
import type { RouteSpec } from "@fmap/runtime/flow"
import { closest } from "../../resolve/closest.ts"
import { constantText } from "../expressions/text.ts"
import { type FlowCode, type FlowEnvironment, placeOf } from "./environment.ts"

const lanes = ["block", "park", "supersede"] as const

export function routeSpecs(nodes: readonly FlowRoute[], env: FlowEnvironment): readonly RouteSpec[] {
  const routes = nodes.map(node => routeSpec(node, env))
  checkTwice(nodes, env)
  return [...routes.filter(route => route.codes !== null), ...routes.filter(route => route.codes === null)]
}

function routeSpec({ on, codes, queue, assign, lane }: FlowRoute, env: FlowEnvironment): RouteSpec {
  const word = lane === null ? "block" : lanes.find(each => each === lane.text)
  if (word === undefined && lane !== null)
    env.report(
      diagnostic(
        "FM7119",
        { word: lane.text, what: "what happens to a lane", wanted: lanes.join(", ") },
        placeOf(env, lane.span),
      ),
    )
  const to: RouteSpec["to"] =
    queue === null
      ? { kind: "deadLetter" }
      : {
          kind: "queue",
          queue: constantText(queue) ?? "",
          assign: assign === null ? null : constantText(assign),
        }
  const named = codes.length === 0 ? null : codes.map(code => code.text)
  return { on, codes: named, to, lane: word ?? "block" }
}

function checkTwice(nodes: readonly FlowRoute[], env: FlowEnvironment): void {
  const seen = new Map<string, FlowRoute>()
  for (const node of nodes)
    for (const code of node.codes.length === 0 ? [null] : node.codes) {
      const id = `${node.on} ${code?.text ?? ""}`
      const before = seen.get(id)
      if (before === undefined) seen.set(id, node)
      else
        env.report(
          diagnostic("FM7133", { what: id.trim() }, placeOf(env, (code ?? node).span), {
            label: "said again",
            related: [{ place: placeOf(env, before.span), text: "said first here" }],
          }),
        )
    }
}

export function checkRoutes(nodes: readonly FlowRoute[], env: FlowEnvironment): void {
  const { codes } = env.made
  for (const verb of ["hold", "reject"] as const) {
    const own = codes.filter(code => code.verb === verb)
    const routed = new Set(
      nodes.filter(node => node.on === verb).flatMap(node => node.codes.map(c => c.text)),
    )
    const all = nodes.some(node => node.on === verb && node.codes.length === 0)
    const open = all ? [] : own.filter(({ code }) => !routed.has(code))
    if (open.length > 0) reportOpen(verb, open, env)
    const possible = new Set(own.map(({ code }) => code))
    for (const node of nodes)
      if (node.on === verb)
        for (const code of node.codes) if (!possible.has(code.text)) reportIdle(code, verb, possible, env)
  }
  for (const node of nodes)
    if (node.on === "failure" && node.codes.length > 0)
      env.report(
        diagnostic(
          "FM7124",
          { clause: "on failure", problem: "failures have no codes of the flow" },
          placeOf(env, node.span),
        ),
      )
  if (nodes.every(node => node.on !== "failure"))
    env.report(
      diagnostic("FM7132", { flow: env.flow.name }, env.flow.place, {
        label: "and when a system fails?",
        help: 'Add `on failure queue "…"` or `on failure dead letter`.',
      }),
    )
}

function reportOpen(verb: "hold" | "reject", open: readonly FlowCode[], env: FlowEnvironment): void {
  const names = [...new Set(open.map(({ code }) => code))].sort()
  const shown =
    names.length > 6 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", ")
  const [first] = open
  env.report(
    diagnostic("FM7130", { flow: env.flow.name, codes: shown, verb, count: names.length }, env.flow.place, {
      label: "without a route",
      ...(first === undefined
        ? {}
        : { related: [{ place: first.place, text: `${first.code} comes from ${first.from}` }] }),
      help: `Add \`on ${verb} queue "…"\` at the end of the flow.`,
    }),
  )
}

function reportIdle(
  code: FlowRoute["codes"][number],
  verb: "hold" | "reject",
  possible: ReadonlySet<string>,
  env: FlowEnvironment,
): void {
  const place = placeOf(env, code.span)
  const near = closest(code.text, possible)
  env.report(
    diagnostic("FM7131", { code: code.text, verb }, place, {
      label: "never happens",
      ...(near === null
        ? { help: "Remove it." }
        : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
    }),
  )
}
