// Rules about the lives of contracts and fields: draft, active, deprecated, retired, and the days on which they end.
import { rule } from "./governance-rule.ts"

export const lifecycle = {
  G011: rule(["none", "warning", "error"], {
    title: "Contract without lifecycle",
    meaning:
      "The contract does not say whether it is a draft, active, deprecated or retired. Nobody can tell whether to build on it.",
    fix: "Say where it is in its life: `lifecycle active`.",
  }),
  G012: rule(["none", "warning", "error"], {
    title: "Active before its first version",
    meaning:
      "The contract is called active and its version begins with 0, which says that anything may change at any time. One of the two is not true.",
    fix: "Give it version 1.0.0, or call it a draft.",
  }),
  G013: rule(["none", "warning", "error"], {
    title: "Deprecated contract without an end",
    meaning:
      "The contract goes away and does not say when. Those who use it cannot plan, and so do not move.",
    fix: "Say the day: `lifecycle deprecated sunset 2027-06-30`.",
  }),
  G014: rule(["error", "error", "error"], {
    title: "Contract past its end",
    meaning:
      "The day on which the contract ends has passed, and it is still not retired. Its system may stop to honour it at any time.",
    fix: "Move what uses it and say `lifecycle retired`, or agree on a later day with its owner.",
  }),
  G015: rule(["error", "error", "error"], {
    title: "Retired contract in use",
    meaning: "A map reads or writes a contract that is retired: nothing honours it any more.",
    fix: "Map the contract that took its place, or remove the map.",
  }),
  G016: rule(["none", "warning", "warning"], {
    title: "Deprecated contract in use",
    meaning:
      "A map reads or writes a contract that goes away. It works today, and will stop on the day the contract ends.",
    fix: "Move the map to the contract that takes its place.",
  }),
  G017: rule(["none", "error", "error"], {
    title: "Stable depends on draft",
    meaning:
      "The map has version 1.0.0 or more and reads or writes a contract that is a draft. It promises to stay as it is and stands on something that does not.",
    fix: "Make the contract active, or give the map a version below 1.0.0 until it is.",
  }),
  G018: rule(["none", "warning", "error"], {
    title: "Deprecated field without an end",
    meaning: "The field goes away and does not say when.",
    fix: "Say the day: `deprecated use Stage sunset 2027-06-30`.",
  }),
  G019: rule(["warning", "error", "error"], {
    title: "Field past its end",
    meaning:
      "The day on which the field ends has passed, and the contract still has it. It may be missing from any record.",
    fix: "Remove the field, or agree on a later day with the owner of the contract.",
  }),
  G020: rule(["none", "warning", "warning"], {
    title: "Deprecated field in use",
    meaning: "A map takes a value from a field that goes away, or writes into one.",
    fix: "Take the field that is named behind `use`.",
  }),
  G021: rule(["none", "none", "information"], {
    title: "Deprecated field without a successor",
    meaning: "The field goes away and does not say what to take instead.",
    fix: "Name the field: `deprecated use Stage`.",
  }),
} as const
