// Rules about personal and confidential data: where it goes, what it decides, what is told of it.
import { lockedRule, rule } from "./governance-rule.ts"

export const labels = {
  G044: lockedRule(["none", "warning", "error"], {
    title: "Personal data reaches an uncleared system",
    meaning:
      "The value of a field marked `pii` comes to stand in a system that is not cleared for personal data, through whatever maps, joins and texts lie between.",
    fix: "Leave the field, mask it (`masked`, `fingerprint`), or have the system cleared: `cleared for pii`.",
  }),
  G045: lockedRule(["none", "warning", "error"], {
    title: "Confidential data reaches an uncleared system",
    meaning:
      "The value of a field marked `confidential` comes to stand in a system that is not cleared for it.",
    fix: "Leave the field, mask it (`masked`, `fingerprint`), or have the system cleared: `cleared for confidential`.",
  }),
  G046: lockedRule(["none", "warning", "error"], {
    title: "Label lost on the way",
    meaning:
      "A field marked `pii` or `confidential` gives its value to a field that is not marked. From there on messages show it and readers of that contract do not know what they hold.",
    fix: "Mark the target field, or mask the value (`masked`, `fingerprint`).",
  }),
  G047: rule(["none", "none", "information"], {
    title: "Labelled data decides",
    meaning:
      "A field marked `pii` or `confidential` gives no value to a field of an uncleared system, but decides what stands there. Who sees the result may be able to tell the value.",
    fix: "Decide by something else, or make sure that the result does not give the value away.",
  }),
  G048: rule(["warning", "error", "error"], {
    title: "Fingerprint with a salt everybody knows",
    meaning:
      "The salt of a fingerprint stands in the map, where everybody who reads it can try all names and numbers until one fits.",
    fix: "Take the salt as a `given`, from where secrets are kept.",
  }),
  G049: rule(["none", "warning", "error"], {
    title: "Key made of labelled data",
    meaning:
      "The key of what the map writes is made of personal or confidential data. Keys stand in logs, addresses and error messages, where nothing masks them.",
    fix: "Make the key of ids that say nothing of anybody.",
  }),
  G050: lockedRule(["none", "warning", "error"], {
    title: "Labelled data leaves its region",
    meaning:
      "Personal or confidential data goes from a system in one region to a system in another, or to one that a policy does not let it stand in (`pii stays in EU`).",
    fix: "Leave or mask the field, or keep the data in a system of the region.",
  }),
  G051: rule(["none", "warning", "error"], {
    title: "Labelled data in no known region",
    meaning:
      "The system holds personal or confidential data and does not say where. No rule about regions can be judged.",
    fix: "Say it: `residency EU`.",
  }),
  G052: rule(["none", "information", "error"], {
    title: "Labelled data where nobody cleared it",
    meaning:
      "A contract of the system has fields marked `pii` or `confidential`, and the system does not say that it is cleared for such data.",
    fix: "Have the system cleared (`cleared for pii`, `cleared for confidential`), or take the fields out of the contract.",
  }),
} as const
