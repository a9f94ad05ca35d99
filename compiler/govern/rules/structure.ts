// Rules about the landscape: reference data, limits, layers, names.
import { rule } from "./governance-rule.ts"

export const structure = {
  G053: rule(["none", "information", "information"], {
    title: "Reference data nobody uses",
    meaning: "No map of the project asks the crosswalk or hierarchy anything.",
    fix: "Remove it, or ask it where a map decides by a list of its own.",
  }),
  G054: rule(["none", "none", "information"], {
    title: "Long list inside the sources",
    meaning:
      "The crosswalk has more than a hundred rows in the sources. Its owner cannot keep it without a developer.",
    fix: 'Put the rows into a file: `from csv "accounts.csv" (…)`.',
  }),
  G055: rule(["none", "none", "information"], {
    title: "System without limits",
    meaning: "The system does not say how many calls it takes. Whoever runs the maps finds out at month end.",
    fix: "Say it: `limits 100 per second, 100000 per day`.",
  }),
  G056: rule(["none", "information", "warning"], {
    title: "Calendar without owner",
    meaning: "Nobody answers for the fiscal calendar: who opens and closes its periods.",
    fix: 'Say it: `owner "Financial Close"`.',
  }),
  G057: rule(["none", "none", "warning"], {
    title: "Map past the company's own model",
    meaning:
      "The map leads from one platform directly to another. With every further platform there is a map more for each of those that are there, and each says the policy again.",
    fix: "Map to a contract of the company's own model, and from there to the other platform.",
  }),
  G058: rule(["none", "warning", "error"], {
    title: "Vendor's name in the own model",
    meaning:
      "A field of the company's own model is called after a platform, or in its spelling. When the platform is replaced, everybody who reads the model has to change.",
    fix: "Call it what it means to the business.",
  }),
  G059: rule(["none", "information", "warning"], {
    title: "Two spellings of names",
    meaning:
      "Some fields of the contract are written like_this and some likeThis. Whoever writes against it has to look up every name.",
    fix: 'Choose one spelling. Where a platform spells so, keep its name on the wire: `as "order_no"`.',
  }),
  G060: rule(["error", "error", "error"], {
    title: "Name not as the policy asks",
    meaning:
      'A policy says how such declarations are named (`every map is named re"…"`), and this one is named otherwise.',
    fix: "Rename it as the policy asks.",
  }),
} as const
