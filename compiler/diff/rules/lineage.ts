// The rules about where data goes and who answers for it, when that changes. Flows in: nothing. Flows out: the catalogue, by id. Lint (G) says what a project is; these say what became of it.
import type { ChangeRule } from "./change-rule.ts"

const always = <S extends "error" | "warning" | "information">(severity: S) =>
  ({ strict: severity, standard: severity, relaxed: severity }) as const

export const lineageRules = {
  L001: {
    title: "Label of a field changed",
    meaning:
      "A field is no longer marked as personal or confidential data. Whoever relied on the label to mask it, or to keep it where it is, no longer does.",
    fix: "Keep the label. Where the field really holds something else now, give it a name of its own.",
    locked: true,
    severity: always("error"),
    bump: "major",
    other: {
      where: "a label was added: readers must take more care from now on",
      severity: always("warning"),
      bump: "minor",
    },
  },
  L002: {
    title: "Labelled data goes somewhere new",
    meaning:
      "Personal or confidential data comes to stand in a system that is not cleared for it, or in a field that does not bear its label, and did not before.",
    fix: "Do not write it there, mask it, clear the system for it, or mark the field.",
    locked: true,
    severity: always("error"),
    bump: "none",
  },
  L003: {
    title: "Mask taken off",
    meaning:
      "A value that went through `masked` or `fingerprint` arrives as it is, or more of it is left readable than before.",
    fix: "Mask it as before, or have those who answer for the data agree.",
    locked: true,
    severity: always("error"),
    bump: "major",
  },
  L004: {
    title: "Labelled data leaves its region",
    meaning:
      "Labelled data comes to a system in another region, or in one that no policy allows for it, and did not before.",
    fix: "Keep it in its region, mask it, or have the policy name the new one.",
    locked: true,
    severity: always("error"),
    bump: "none",
  },
  L005: {
    title: "A map reads more of its source",
    meaning:
      "A map has fields in what it makes that it did not read before. Whoever gave it access gave it to less.",
    fix: "Read only what is needed, and have the owner of the source agree to the rest.",
    locked: false,
    severity: { strict: "error", standard: "warning", relaxed: "information" },
    bump: "minor",
  },
  L006: {
    title: "Nobody reads the field any more",
    meaning:
      "A field of a source has no say in anything any map makes, and had one before. It is still asked for, sent and kept.",
    fix: "Take it out of the contract, so that it is no longer asked for.",
    locked: false,
    severity: { strict: "warning", standard: "warning", relaxed: "information" },
    bump: "none",
  },
  L007: {
    title: "Breaks a consumer",
    meaning:
      "A consumer that says what it reads has selected a field that is changed in such a way that it breaks. The message says which field, and by which way the change comes there. No version number agrees for the consumer.",
    fix: "Ask its owner. Who agreed is written down by an approval, or by the consumer no longer reading the field.",
    locked: false,
    severity: always("error"),
    bump: "none",
  },
  L008: {
    title: "Nobody answers for it any more",
    meaning:
      "An owner or a contact was taken away, or a consumer is no longer declared. The next change has nobody who can agree to it.",
    fix: "Say who answers for it now.",
    locked: false,
    severity: always("error"),
    bump: "patch",
  },
  L009: {
    title: "Service level changed",
    meaning:
      "Fewer records are promised within the time, the time is longer, or nothing is promised any more. Whoever built on the promise has to know.",
    fix: "Keep the promise until its readers have agreed to another one.",
    locked: false,
    severity: always("error"),
    bump: "major",
    other: {
      where: "more is promised than before",
      severity: always("information"),
      bump: "minor",
    },
  },
  L010: {
    title: "Kept for another time",
    meaning: "Records are kept longer or shorter than before, or it is no longer said how long.",
    fix: "Have those who answer for retention agree: what is kept longer may have to be asked for, what is deleted earlier may still be needed.",
    locked: false,
    severity: always("warning"),
    bump: "minor",
  },
  L011: {
    title: "Step of a life that is none",
    meaning:
      "A contract goes back in its life, ends without having been deprecated, or a map comes to stand on a contract that is a draft, retired or past its end.",
    fix: "Deprecate before you retire, never take an active contract back to a draft, and move maps to what is active.",
    locked: false,
    severity: always("error"),
    bump: "none",
  },
  L012: {
    title: "Past the own model",
    meaning:
      "A map leads from one platform directly to another, or a field of the own model is called after a platform, and neither was so before.",
    fix: "Lead it through the own model, and name fields after what they are.",
    locked: false,
    severity: always("error"),
    bump: "none",
  },
  L013: {
    title: "Allowed against a policy",
    meaning:
      "A declaration has an `allow` against a rule of the policies that it had not: it is new, holds longer, for more, for another reason, or others take it on. Lint is silent about what it lets through, so a release that looks clean is clean by somebody's word.",
    fix: "Read the reason, the last day and the names, and ask those who took it on where one of them does not convince.",
    locked: false,
    severity: always("warning"),
    bump: "none",
    other: {
      where: "less is allowed: it is gone, ends earlier, is for less, or its last day has passed",
      severity: always("information"),
      bump: "none",
    },
  },
} as const satisfies Readonly<Record<string, ChangeRule>>

export type LineageRule = keyof typeof lineageRules
