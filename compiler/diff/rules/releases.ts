// The rules about versions and what a release must bring with it. Flows in: nothing. Flows out: the catalogue, by id.
import type { ChangeRule } from "./change-rule.ts"

export const releaseRules = {
  V001: {
    title: "Version raised too little",
    meaning:
      "The new version number promises less than what changed: readers of the number will take the release without looking, and some of them break. The findings listed with it say which number the change deserves.",
    fix: "Raise the version to the one the message names, take the change back, or, where the people it reaches have agreed, approve the findings that ask for so much.",
    locked: false,
    severity: { any: "error" },
    bump: "none",
  },
  V002: {
    title: "Version not raised",
    meaning:
      "Something changed and the version number stands still or went down. Two different things must never bear one number, and a number that goes down sorts before what it replaces.",
    fix: "Give it a version above the highest one that was released.",
    locked: true,
    severity: { any: "error" },
    bump: "none",
  },
  V003: {
    title: "Breaks a supported version",
    meaning:
      "The change fits the last release but not an earlier one of the same major version that is still supported. Data or readers of that version meet it, too, and nothing in the number warns them.",
    fix: "Make it fit every supported version, give it a new major version, or retire the old version when nobody uses it any more: `fmap release retire`.",
    locked: false,
    severity: { any: "error" },
    bump: "none",
  },
  V004: {
    title: "Released, then changed in place",
    meaning:
      "What stands under a version number that was released is no longer what was released: its content does not give the hash that the lock of releases holds. Whoever agreed to that version agreed to something else. The same is told of what was kept of a release when it is missing or was edited, and of a manifest that the lock does not know.",
    fix: "Restore what was released, or give the change a version of its own.",
    locked: true,
    severity: { any: "error" },
    bump: "none",
  },
  V005: {
    title: "No way between major versions",
    meaning:
      "A contract has a new major version, the old one is still supported, and there is no pair of maps that leads records of the old one to the new one and back, or the pair loses fields on the way. Whoever holds old records, or must still answer old readers, has to find the way alone.",
    fix: "Write a map from the old version of the contract to the new one, and one back.",
    locked: false,
    severity: { any: "warning" },
    bump: "none",
  },
  V006: {
    title: "Approval does not hold",
    meaning:
      "An approval is out of date, names somebody who may not approve, lacks the second person a locked rule asks for, or is about a change that is no longer there. An approval is for one change and for a time, never a switch that turns a rule off.",
    fix: "Approve anew what still stands, with the fingerprint of the finding, and delete the entry that holds for nothing.",
    locked: true,
    severity: { any: "error" },
    bump: "none",
  },
  V007: {
    title: "Not in the changelog",
    meaning:
      "A version was released and the changelog says nothing of it: people who read it to decide whether they must act are not told.",
    fix: "Add a section for the version. `fmap release cut` writes it from the findings.",
    locked: false,
    severity: { any: "warning" },
    bump: "none",
  },
  V008: {
    title: "Policies ask for less",
    meaning:
      "A rule that the project's policies held everything to when a release was cut last is held less now: it is less severe or gone, something is no longer asked for, or data may be where it might not be. What it would have found is found no more, so a release that looks clean is not what it was.",
    fix: "Bring the rule back, or let two people agree that the project is held to less.",
    locked: true,
    severity: { any: "error" },
    bump: "none",
  },
} as const satisfies Readonly<Record<string, ChangeRule>>
