// Rules about owners and descriptions: whom to ask, and what to read first.
import { rule } from "./governance-rule.ts"

export const ownership = {
  G001: rule(["warning", "error", "error"], {
    title: "Contract without owner",
    meaning:
      "Neither the contract nor its system says who answers for it. When its data is wrong, or somebody wants to change it, nobody knows whom to ask.",
    fix: 'Say who answers for it: `owner "Order to Cash"`.',
  }),
  G002: rule(["warning", "error", "error"], {
    title: "Map without owner",
    meaning:
      "Nobody answers for the map. Held records wait for somebody, and a change of policy finds nobody who carries it out.",
    fix: 'Say who answers for it: `owner "Order to Cash"`.',
  }),
  G003: rule(["warning", "error", "error"], {
    title: "Reference data without owner",
    meaning:
      "A crosswalk or hierarchy decides where amounts go, and nobody answers for its rows. New keys stay unmapped until somebody happens to notice.",
    fix: 'Say who keeps it: `owner "Revenue Accounting"`.',
  }),
  G004: rule(["warning", "warning", "error"], {
    title: "System without owner",
    meaning: "Nobody answers for the platform: its limits, its outages, and who may see what is in it.",
    fix: 'Say who runs it: `owner "Finance Systems"`.',
  }),
  G005: rule(["none", "warning", "error"], {
    title: "Contract without description",
    meaning:
      "The contract does not say what its records are. An analyst who signs it has only the names of fields to go by.",
    fix: "Write a `///` line in front of it that says what one record is.",
  }),
  G006: rule(["none", "warning", "warning"], {
    title: "Map without description",
    meaning: "The map does not say in a sentence what becomes of what.",
    fix: "Write a `///` line in front of it: what it makes of what, and when.",
  }),
  G007: rule(["none", "information", "warning"], {
    title: "Reference data without description",
    meaning: "The crosswalk or hierarchy does not say what it translates and where its rows come from.",
    fix: "Write a `///` line in front of it.",
  }),
  G008: rule(["none", "information", "warning"], {
    title: "System without description",
    meaning: "The system does not say what it is and over which interface its records travel.",
    fix: "Write a `///` line in front of it.",
  }),
  G009: rule(["none", "none", "warning"], {
    title: "Few fields described",
    meaning:
      "Less than half of the contract's fields say what they mean. Names such as `amount` and `date` mean something else in every system, and whoever maps them guesses.",
    fix: "Write a `///` line in front of the fields: what the figure is, in whose books, before or after what.",
  }),
  G010: rule(["none", "none", "warning"], {
    title: "Map without a policy it follows",
    meaning:
      "The map writes into the books and does not name the accounting policy or document it follows. An auditor cannot tell a decision from an accident.",
    fix: 'Name the document: `per "FIN-POL-014 §3"`.',
  }),
} as const
