// Rules about maps: controls, keys, tests, reasons, and reading no more than is needed.
import { rule } from "./governance-rule.ts"

export const maps = {
  G035: rule(["none", "warning", "error"], {
    title: "Map to the books without control",
    meaning:
      "The map writes to an ERP or a planning system and compares no totals. An amount that is lost on the way is found at the end of the quarter, or never.",
    fix: 'Compare both sides: `control "lines add up" total == opp.Amount within 1 minor else hold MISMATCH`.',
  }),
  G036: rule(["none", "warning", "error"], {
    title: "Map without key",
    meaning: "The map writes records to a system and gives them no key. Sent twice, they are there twice.",
    fix: 'Give the record a key: `key externalId = "SO-{order.orderNumber}" on replay same skip, changed reject`.',
  }),
  G037: rule(["none", "warning", "error"], {
    title: "Map without test",
    meaning:
      "No test runs the map. The policy it carries out is written down once, and nobody has seen it happen.",
    fix: 'Write one: `test "a won deal" of BookOrder { … }`.',
  }),
  G038: rule(["none", "information", "warning"], {
    title: "Way out without message",
    meaning:
      "A record is held or rejected with a code alone. Whoever works on it has to look into the map to see what is wanted of them.",
    fix: 'Say what is missing, with the value: `else hold UNKNOWN_ITEM "no ERP item for {line.Product2Id}"`.',
  }),
  G039: rule(["none", "warning", "warning"], {
    title: "Several ways of rounding",
    meaning:
      "The map rounds some values in one way and some in another. Sums that should agree differ by a cent here and there.",
    fix: "Round in one way, or allow the finding with the policy that asks for both.",
  }),
  G040: rule(["none", "information", "warning"], {
    title: "Rate written into the map",
    meaning:
      "The map multiplies by a number that stands in it. Rates of tax, commission and allocation change, and then the map has to, and old records give other results.",
    fix: "Put it into a crosswalk with days, or take it as a `given`.",
  }),
  G041: rule(["none", "information", "warning"], {
    title: "Reason that gives none",
    meaning:
      'A field is left or ignored because of a word that says nothing, such as "todo". Nobody can tell later whether it was a decision.',
    fix: "Write why, as you would tell an auditor.",
  }),
  G042: rule(["none", "none", "information"], {
    title: "Contract wider than what is read",
    meaning:
      "The maps of this project read less than half of what the contract asks for. Every further field is one that may break, leak or be asked about.",
    fix: "Let the contract name only what is used, which `fmap lint --read-sets` lists; with `picks` behind `from` an import adds no more.",
  }),
  G043: rule(["none", "information", "warning"], {
    title: "Labelled field nobody reads",
    meaning:
      "The contract asks a system for personal or confidential data that no map reads. What is not fetched cannot be lost.",
    fix: "Take the field out of the contract, and out of the query that fetches it.",
  }),
} as const
