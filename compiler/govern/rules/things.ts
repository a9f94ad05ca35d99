// What a policy can ask of each kind of declaration: `every contract has owner`. Flows in: nothing. Flows out: the rule that looks for it;
// null where the language itself already asks for it.
import type { RuleId } from "./index.ts"

export type Subject = "contract" | "map" | "crosswalk" | "system" | "flow" | "field"

export const things: Readonly<Record<Subject, Readonly<Record<string, RuleId | null>>>> = {
  contract: {
    owner: "G001",
    docs: "G005",
    lifecycle: "G011",
    version: null,
    key: "G022",
    compatible: "G023",
    retention: "G025",
    slo: "G027",
    check: "G028",
  },
  map: {
    owner: "G002",
    docs: "G006",
    per: "G010",
    version: null,
    control: "G035",
    key: "G036",
    test: "G037",
  },
  crosswalk: { owner: "G003", docs: "G007", version: null },
  system: { owner: "G004", docs: "G008", kind: "G024", limits: "G055", residency: "G051" },
  flow: {
    owner: "G065",
    docs: "G066",
    slo: "G067",
    version: null,
    lane: "G079",
    timeout: "G076",
    retry: "G075",
  },
  field: {},
}
