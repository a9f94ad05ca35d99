// What a step writes, on both sides: which map makes it, of what. Flows in: two calls, or names of records. Flows out: changes.
import { asked, type FlowChange, type FlowText, said } from "./flow-finding.ts"
import { type FlowSide, type FlowStep, valueOf } from "./flow-side.ts"
import type { StepsOf } from "./step-changes.ts"
import { calledText, capital, givenTo, shared, type What } from "./step-form.ts"

type Call = Extract<FlowStep, { readonly kind: "map" }>["call"]

/** `part`: of the step, where it calls several. */
export function callChanges(
  step: FlowStep,
  was: What,
  is: What,
  sides: StepsOf,
  part: readonly string[] = [],
): readonly FlowChange[] {
  const { old, new: now } = sides
  const called = calledText(step, now)
  const [before, after] = [makerOf(was, old), makerOf(is, now)]
  const path = [step.name, ...part]
  if (before.canonical !== after.canonical)
    return [
      {
        rule: "F014",
        path,
        old: before,
        new: after,
        message: `${capital(called)} is made by ${after.text} instead of ${before.text}.`,
        seen: "whatever the two make differently stands at the target",
      },
    ]
  if (!("call" in was) || !("call" in is)) return []
  return [
    ...argumentChanges(called, was.call, is.call, sides, path),
    ...versionChanges(was.call, is.call, path),
  ]
}

function makerOf(what: What, side: FlowSide): FlowText {
  if ("binder" in what) return { canonical: shared(what.binder, side), text: `the step ${what.binder}` }
  const { map, set } = what.call
  const over = set ? " over rows" : ""
  return { canonical: `${side.mapName(map)}${over}`, text: `${map}${over}` }
}

function argumentChanges(
  called: string,
  was: Call,
  is: Call,
  { old, new: now, releases }: StepsOf,
  path: readonly string[],
): readonly FlowChange[] {
  const [before, after] = [givenTo(was, old), givenTo(is, now)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): readonly FlowChange[] => {
    if (before.get(name) === after.get(name)) return []
    const message = !after.has(name)
      ? `${is.map} is no longer given "${name}".`
      : before.has(name)
        ? `${is.map} is given something else as "${name}".`
        : `${is.map} is given "${name}", which it was not.`
    return [
      {
        rule: "F015",
        path: [...path, name],
        old: givenText(was, name, old, releases.old),
        new: givenText(is, name, now, releases.new),
        message,
        seen: `what ${called} writes may be another`,
      },
    ]
  })
}

function givenText(
  call: Call,
  name: string,
  side: FlowSide,
  release: StepsOf["releases"]["old"],
): FlowText | null {
  const argument = call.arguments.find(one => one.name === name)
  if (argument === undefined) return null
  return "binder" in argument
    ? { canonical: shared(argument.binder, side), text: argument.binder }
    : asked(valueOf(side.asked(argument.value)), release)
}

function versionChanges(was: Call, is: Call, path: readonly string[]): readonly FlowChange[] {
  if (was.version === is.version && was.map === is.map) return []
  return [
    {
      rule: "F032",
      path: [...path, "version"],
      old: said(`${was.map} ${was.version}`),
      new: said(`${is.map} ${is.version}`),
      message:
        was.map === is.map
          ? `${is.map} is called in version ${is.version}; it was ${was.version}.`
          : `${was.map} is called by its new name ${is.map}.`,
      seen: null,
    },
  ]
}
