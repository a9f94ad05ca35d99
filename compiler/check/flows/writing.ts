// Steps that write at a system: send, ensure, load. Flows in: the step. Flows out: its form for the runtime. What is written is a record of
// that contract, with a key, and a write that cannot be told from its repetition says what becomes of a lost answer.
import { diagnostic, type FlowStep, type Name, type Span, suggest } from "@fmap/grammar"
import type { LoadStep, SendStep } from "@fmap/runtime/flow"
import { wireNameOf } from "../../resolve/bind-field.ts"
import { aType } from "../../types/describe.ts"
import { type Made, madeBy } from "./call.ts"
import { type ContractAt, contractAt } from "./contract-at.ts"
import { contractField } from "./contract-field.ts"
import { clauseOf, effectRules } from "./effects.ts"
import { type Binder, type FlowEnvironment, placeOf, type Visible } from "./environment.ts"
import { contractOf } from "./fits.ts"
import { linksOf } from "./links.ts"
import { type Repeats, repeatsOf } from "./platforms.ts"
import { recordOf } from "./record-of.ts"
import { answerShape } from "./step-value.ts"

type Sending = FlowStep["work"] & { readonly kind: "send" | "ensure" }
type Loading = FlowStep["work"] & { readonly kind: "load" }
const verbs = ["create", "update", "upsert", "delete"] as const

export function sendStep(
  node: FlowStep,
  work: Sending,
  step: string,
  visible: Visible,
  env: FlowEnvironment,
): SendStep | null {
  const at = contractAt(work.kind === "send" ? work.to : work.in, "writes", env)
  const verb = work.kind === "ensure" ? "ensure" : verbOf(work.verb, env)
  const made = madeBy(work.what, step, visible, env)
  const effect = effectRules(node, step, visible, env)
  const taken = at === null ? null : compensation(node, at, step, visible, env)
  if (at === null || verb === null || made === null) return null
  if (!isRecordOf(made, at, false, work.what.span, env)) return null
  const key = keyOf(made, at, work.kind === "ensure" ? work.by : null, verb, work.span, env)
  if (key === null) return null
  const once = repeats(at, verb === "create" ? "create" : null)
  if (once === "nothing" && effect.inDoubt === undefined) doubtful(at, verb, work.span, env)
  const links = linksOf(made.what, at, step, withAnswer(visible, step, at, env), work.span, env)
  return {
    kind: "send",
    what: made.what,
    to: at.object,
    verb,
    key,
    effect,
    compensate: taken,
    links,
  }
}

export function loadStep(
  node: FlowStep,
  work: Loading,
  step: string,
  visible: Visible,
  env: FlowEnvironment,
): LoadStep | null {
  const at = contractAt(work.to, "writes", env)
  const made = madeBy(work.what, step, visible, env)
  const effect = effectRules(node, step, visible, env)
  const { mode } = work
  if (mode.text !== "replace" && mode.text !== "add") {
    unknownWord(mode, "a way to load", ["replace", "add"], env)
    return null
  }
  if (at === null || made === null || !isRecordOf(made, at, true, work.what.span, env)) return null
  const over = work.over.flatMap(name => wireNamed(name, at, env) ?? [])
  if (over.length < work.over.length) return null
  if ((mode.text === "replace") !== over.length > 0) {
    const problem =
      mode.text === "replace"
        ? "says over which fields: `replace over period`"
        : "replaces nothing, and has no `over`"
    env.report(
      diagnostic("FM7120", { verb: mode.text, contract: at.shape.name, problem }, placeOf(env, work.span)),
    )
    return null
  }
  if (mode.text === "replace") {
    return {
      kind: "load",
      what: made.what,
      to: at.object,
      mode: { kind: "replace", over },
      effect,
    }
  }
  const once = repeats(at, "add")
  if (effect.retry !== null && keyOf(made, at, null, "add", work.span, env) === null) return null
  if (once === "nothing" && effect.inDoubt === undefined) doubtful(at, "add", work.span, env)
  return { kind: "load", what: made.what, to: at.object, mode: { kind: "add" }, effect }
}

/** The receipt by the name of the step, whether it has a name or not. */
function withAnswer(
  { binders, lets }: Visible,
  step: string,
  { shape }: ContractAt,
  env: FlowEnvironment,
): Visible {
  if (binders.has(step) || shape.answers === null) return { binders, lets }
  const answer: Binder = {
    name: step,
    type: recordOf(answerShape(shape, shape.answers, env)),
    maybe: false,
    valueless: null,
    step,
    place: shape.place,
    use: { seen: true },
  }
  return { binders: new Map([...binders, [step, answer]]), lets }
}

function repeats({ system }: ContractAt, making: "create" | "add" | null): Repeats {
  return repeatsOf(system.node.platform?.text ?? "", making)
}

function doubtful({ system, shape }: ContractAt, verb: string, span: Span, env: FlowEnvironment): void {
  const platform = system.node.platform?.text ?? null
  env.report(
    diagnostic("FM7121", { system: system.name, contract: shape.name, verb, platform }, placeOf(env, span), {
      label: "done once, or twice?",
      help: "Write `upsert` or `ensure`, or say what becomes of a lost answer: `in doubt hold CODE`.",
    }),
  )
}

function verbOf(name: Name, env: FlowEnvironment): (typeof verbs)[number] | null {
  const found = verbs.find(verb => verb === name.text)
  if (found === undefined) unknownWord(name, "a verb of send", verbs, env)
  return found ?? null
}

function unknownWord(name: Name, what: string, words: readonly string[], env: FlowEnvironment): void {
  const place = placeOf(env, name.span)
  const near = suggest(name.text, words)
  env.report(
    diagnostic("FM7119", { word: name.text, what, wanted: words.join(", ") }, place, {
      ...(near === undefined ? {} : { help: `Did you mean "${near}"?`, edits: [{ place, text: near }] }),
    }),
  )
}

function isRecordOf(
  { type }: Made,
  { shape }: ContractAt,
  many: boolean,
  span: Span,
  env: FlowEnvironment,
): boolean {
  const one = many && type.kind === "list" ? type.of : type
  const isList = type.kind === "list"
  if (type.kind === "error" || one.kind === "error") return false
  if (isList === many && one.kind === "record" && contractOf(one.shape) === shape) return true
  const found = one.kind === "record" ? `${isList ? "a list of " : ""}${one.shape.name}` : aType(type)
  const wanted = `${many ? "a list of " : "a record of "}${shape.name}`
  env.report(
    diagnostic("FM7123", { wanted, found }, placeOf(env, span), {
      label: found,
      related: [{ place: shape.place, text: "declared here" }],
    }),
  )
  return false
}

/** The key of the map, else the one field that is the key of the contract. */
function keyOf(
  { map }: Made,
  at: ContractAt,
  by: Name | null,
  verb: string,
  span: Span,
  env: FlowEnvironment,
): string | null {
  if (by !== null) return wireNamed(by, at, env)
  const plan = map === null ? null : env.planOf(map)
  if (map !== null && plan === null) return null
  const own = at.shape.fields.filter(field => field.key)
  const field =
    at.shape.fields.find(each => each.name === plan?.key?.field) ?? (own.length === 1 ? own[0] : undefined)
  if (field !== undefined) return wireNameOf(field.node)
  const problem =
    own.length > 1
      ? `needs one key, and ${own.map(each => each.name).join(" and ")} are keys together`
      : "needs a key that tells its records apart"
  env.report(
    diagnostic("FM7120", { verb, contract: at.shape.name, problem }, placeOf(env, span), {
      related: [{ place: at.shape.place, text: "declared here" }],
      help:
        map === null
          ? "Mark a field of the contract `key`."
          : `Give ${map.name} a key: \`key ${own[0]?.name ?? "number"} = …\`, or mark a field of the contract \`key\`.`,
    }),
  )
  return null
}

function wireNamed(name: Name, at: ContractAt, env: FlowEnvironment): string | null {
  const field = contractField(name, at, env)
  return field === null ? null : wireNameOf(field.node)
}

/** Sent in place of what was sent, so it is a record of the same contract. */
function compensation(
  node: FlowStep,
  at: ContractAt,
  step: string,
  visible: Visible,
  env: FlowEnvironment,
): SendStep["compensate"] {
  const clause = clauseOf(node, "compensate")
  if (clause === undefined) return null
  const made = madeBy(clause.what, `${step}.compensate`, visible, env)
  if (made === null || !isRecordOf(made, at, false, clause.what.span, env)) return null
  if ("call" in made.what) return made.what.call
  env.report(diagnostic("FM7117", {}, placeOf(env, clause.what.span), { label: "no call of a map" }))
  return null
}
