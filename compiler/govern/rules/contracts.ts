// Rules about what a contract promises: keys, compatibility, retention, service, types that finance can rely on.
import { rule } from "./governance-rule.ts"

export const contracts = {
  G022: rule(["none", "warning", "error"], {
    title: "Contract without key",
    meaning:
      "No field of the contract is marked `key`, so nothing tells one record from another. A record that comes twice is booked twice.",
    fix: "Mark the fields that identify a record with `key`.",
  }),
  G023: rule(["none", "information", "warning"], {
    title: "Contract without compatibility",
    meaning:
      "The contract does not say which changes its next version may make, so every change is a negotiation.",
    fix: "Say it: `compatible backward`, `forward` or `full`.",
  }),
  G024: rule(["none", "information", "warning"], {
    title: "System without kind",
    meaning:
      "The system does not say what it is: crm, erp, planning. Policies about maps to an ERP pass it by.",
    fix: "Say what it is: `kind erp`, `kind crm`, `kind planning`.",
  }),
  G025: rule(["none", "none", "warning"], {
    title: "Contract without retention",
    meaning:
      "The contract does not say how long its records are kept. Books have to be kept for years, and other data must not be.",
    fix: "Say it: `retention 7 years`.",
  }),
  G026: rule(["none", "warning", "error"], {
    title: "Personal data without retention",
    meaning:
      "The contract holds personal data and does not say how long. Personal data that is kept without a limit is kept too long.",
    fix: "Say it: `retention 2 years`.",
  }),
  G027: rule(["none", "none", "warning"], {
    title: "Active contract without service level",
    meaning:
      "The contract is active and does not say how soon its records are there. Nobody can tell a late close from a broken feed.",
    fix: "Say it: `slo 99.5% within 15min`.",
  }),
  G028: rule(["none", "none", "information"], {
    title: "Contract without a rule of its own",
    meaning:
      "The contract has types, but no `check` and no rule about which fields go together. Records that make no sense pass its door.",
    fix: "Write down what must hold: `check CloseDate >= 2000-01-01 else reject TOO_EARLY`.",
  }),
  G029: rule(["none", "information", "information"], {
    title: "Contract nobody uses",
    meaning: "No map of the project reads or writes the contract.",
    fix: "Remove it, or write the map it is for.",
  }),
  G030: rule(["none", "warning", "error"], {
    title: "Amount without currency",
    meaning:
      "The field is called like an amount of money and is a bare number. Nothing stops a map from adding euros to dollars.",
    fix: "Say what it is in: `amount : money(18,2) in currency`.",
  }),
  G031: rule(["none", "information", "warning"], {
    title: "Field nobody can look into",
    meaning:
      "The field is `json`: it can be passed on and nothing more. What is in it is neither checked nor traced, and labels do not follow it.",
    fix: "Declare the fields that are used as a record.",
  }),
  G032: rule(["none", "none", "information"], {
    title: "Written text without length",
    meaning:
      "The field is text of any length and is written to a system. Every system has a limit, and refuses or cuts at it.",
    fix: "Say the length the system takes: `text(80)`.",
  }),
  G033: rule(["none", "warning", "error"], {
    title: "Personal data without label",
    meaning:
      "The field is called like something that belongs to a person and is not marked `pii`. What is not marked is shown in messages and followed by no rule.",
    fix: "Mark it `pii`, or allow the finding with the reason why it is none.",
  }),
  G034: rule(["none", "warning", "error"], {
    title: "Bank or tax detail without label",
    meaning:
      "The field is called like an account, card or tax number and is marked neither `pii` nor `confidential`.",
    fix: "Mark it `confidential`, or `pii` where it is a person's.",
  }),
} as const
