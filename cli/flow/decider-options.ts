// Who decides, as options of a command. Flows in: how the help says it. Flows out: options, read by `actorOf`.
import { Option } from "commander"
import { roles } from "./actor.ts"

export const byOption = (does = "decides"): Option =>
  new Option("--by <name>", `who ${does} (default: FMAP_ACTOR, else the user)`)

export const roleOption = (words = "as whom it is decided"): Option =>
  new Option("--role <name>", words).choices([...roles]).default("operations")
