// Rules about `allow`: a finding is taken on by somebody, for a reason, until a day.
import { lockedRule } from "./governance-rule.ts"

export const allowances = {
  G061: lockedRule(["error", "error", "error"], {
    title: "Allowance has run out",
    meaning: "A finding was allowed until a day that has passed. It counts again.",
    fix: "Mend what it was about and remove the `allow`, or have it allowed anew.",
  }),
  G062: lockedRule(["warning", "warning", "warning"], {
    title: "Allowance without effect",
    meaning:
      "There is no such finding here any more. The `allow` would hide the next one, which nobody has looked at.",
    fix: "Remove it; the finding it was about is mended.",
  }),
  G063: lockedRule(["error", "error", "error"], {
    title: "Locked rule allowed by one person",
    meaning: "The rule is locked: one person alone cannot take its findings on. The finding counts.",
    fix: 'Name the second person who agreed: `by "Jane Roe", "John Doe"`.',
  }),
  G064: lockedRule(["none", "warning", "error"], {
    title: "Allowance for more than a year",
    meaning: "The finding is allowed for more than a year from now. By then nobody remembers why.",
    fix: "Allow it until a day within a year.",
  }),
} as const
