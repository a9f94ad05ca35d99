// FM71xx: flows.
import { entry } from "./entry.ts"

export const flows = {
  FM7100: entry<Record<never, never>>({
    title: "An or between the conditions of a flow",
    severity: "error",
    message: () =>
      'The conditions of "when" are joined by and: an or between them would leave open which of them counts.',
  }),
  FM7101: entry<{ flow: string }>({
    title: "Flow that nothing starts",
    severity: "error",
    message: p => `Nothing starts the flow ${p.flow}.`,
  }),
  FM7102: entry<{ what: string; problem: string }>({
    title: "Nothing that starts a flow",
    severity: "error",
    message: p => `${p.what} ${p.problem}.`,
  }),
  FM7103: entry<{ problem: string }>({
    title: "Schedule that never comes",
    severity: "error",
    message: p => `This is no schedule: ${p.problem}.`,
  }),
  FM7104: entry<{ problem: string }>({
    title: "Becomes out of place",
    severity: "error",
    message: p => `"becomes" ${p.problem}.`,
  }),
  FM7105: entry<{ found: string }>({
    title: "Versions without an order",
    severity: "error",
    message: p => `What "newest by" orders is an instant or a whole number, not ${p.found}.`,
  }),
  FM7106: entry<{ path: string; problem: string }>({
    title: "No such contract at a system",
    severity: "error",
    message: p => `${p.path} ${p.problem}.`,
  }),
  FM7107: entry<{ contract: string; problem: string }>({
    title: "Read without a way to find",
    severity: "error",
    message: p => `Records of ${p.contract} cannot be read like this: ${p.problem}.`,
  }),
  FM7108: entry<{ flow: string }>({
    title: "Flow that does nothing",
    severity: "error",
    message: p => `The flow ${p.flow} has no step.`,
  }),
  FM7109: entry<{ system: string; platform: string }>({
    title: "Not by us where nobody says who",
    severity: "error",
    message: p =>
      `${p.system} runs on ${p.platform}, which does not say who changed a record: "not by us" would leave nothing out.`,
  }),
  FM7110: entry<{ name: string }>({
    title: "No such step",
    severity: "error",
    message: p => `"${p.name}" is no step of this flow.`,
  }),
  FM7111: entry<{ circle: string }>({
    title: "Steps in a circle",
    severity: "error",
    message: p => `These steps wait for each other in a circle: ${p.circle}.`,
  }),
  FM7112: entry<{ name: string }>({
    title: "Name given twice in a flow",
    severity: "error",
    message: p => `"${p.name}" stands for something in this flow already.`,
  }),
  FM7113: entry<{ name: string }>({
    title: "Name that nobody reads",
    severity: "error",
    message: p => `No step of this flow reads "${p.name}".`,
  }),
  FM7114: entry<{ name: string; why: string }>({
    title: "Step without a value",
    severity: "error",
    message: p => `"${p.name}" has no value: ${p.why}.`,
  }),
  FM7115: entry<{ map: string; parameter: string; problem: string }>({
    title: "Argument does not fit",
    severity: "error",
    message: p => `${p.map} wants "${p.parameter}", and what is given does not fit: ${p.problem}.`,
  }),
  FM7116: entry<{ name: string; taker: string }>({
    title: "Step that may have nothing",
    severity: "error",
    message: p => `"${p.name}" may be missing, and ${p.taker} needs it.`,
  }),
  FM7117: entry<Record<never, never>>({
    title: "Neither a map nor a step",
    severity: "error",
    message: () => "A step calls a map, or hands on what another step made.",
  }),
  FM7118: entry<{ problem: string }>({
    title: "List that a flow cannot walk",
    severity: "error",
    message: p => `"for each" ${p.problem}.`,
  }),
  FM7119: entry<{ word: string; what: string; wanted: string }>({
    title: "Unknown word of a flow",
    severity: "error",
    message: p => `"${p.word}" is not ${p.what}; there are ${p.wanted}.`,
  }),
  FM7120: entry<{ verb: string; contract: string; problem: string }>({
    title: "Write without a key",
    severity: "error",
    message: p => `"${p.verb}" to ${p.contract} ${p.problem}.`,
  }),
  FM7121: entry<{ system: string; contract: string; verb: string; platform: string | null }>({
    title: "Write that could happen twice",
    severity: "error",
    message: p =>
      `When the answer of ${p.system} is lost, nobody knows whether "${p.verb}" made a ${p.contract}: ${
        p.platform === null
          ? "the system does not say what platform it is"
          : `${p.platform} cannot be asked again`
      }.`,
  }),
  FM7122: entry<{ clause: string; step: string }>({
    title: "Clause that means nothing here",
    severity: "error",
    message: p => `"${p.clause}" means nothing at a ${p.step}.`,
  }),
  FM7123: entry<{ wanted: string; found: string }>({
    title: "Record of another contract",
    severity: "error",
    message: p => `Here stands ${p.wanted}, and this is ${p.found}.`,
  }),
  FM7124: entry<{ clause: string; problem: string }>({
    title: "Figure that cannot be",
    severity: "error",
    message: p => `"${p.clause}": ${p.problem}.`,
  }),
  FM7130: entry<{ flow: string; codes: string; verb: string; count: number }>({
    title: "Code without a route",
    severity: "error",
    message: p =>
      `${p.flow} does not say what becomes of an event that is ${p.verb === "hold" ? "held" : "rejected"} with ${p.codes}.`,
  }),
  FM7131: entry<{ code: string; verb: string }>({
    title: "Route for what cannot happen",
    severity: "error",
    message: p => `Nothing in this flow can ${p.verb} an event with ${p.code}.`,
  }),
  FM7132: entry<{ flow: string }>({
    title: "Failures without a route",
    severity: "error",
    message: p => `${p.flow} does not say what becomes of an event when a system fails for good.`,
  }),
  FM7133: entry<{ what: string }>({
    title: "Two routes for one code",
    severity: "error",
    message: p => `What becomes of "on ${p.what}" is said twice.`,
  }),
  FM7141: entry<{ name: string }>({
    title: "Reconciles no load",
    severity: "error",
    message: p => `"${p.name}" is no load of this flow.`,
  }),
  FM7142: entry<{ problem: string }>({
    title: "Answer out of place",
    severity: "error",
    message: p => `This flow ${p.problem}.`,
  }),
  FM7150: entry<{ circle: string }>({
    title: "Flows in a circle",
    severity: "error",
    message: p => `These flows start each other for ever: ${p.circle}.`,
  }),
  FM7151: entry<{ circle: string; contract: string }>({
    title: "Flow that may start itself",
    severity: "warning",
    message: p =>
      `What ${p.circle} writes is a change of ${p.contract}, which starts it again: its own writes are taken, too.`,
  }),
  FM7160: entry<{ crosswalk: string; problem: string }>({
    title: "Crosswalk that flows cannot fill",
    severity: "error",
    message: p => `${p.crosswalk} is filled by receipts of flows, and ${p.problem}.`,
  }),
  FM7161: entry<{ crosswalk: string; from: string; to: string }>({
    title: "Crosswalk that no flow fills",
    severity: "warning",
    message: p =>
      `No flow of this project writes a record of ${p.from} to ${p.to}, so ${p.crosswalk} never has a row.`,
  }),
} as const
