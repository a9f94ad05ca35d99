// FM83xx: releases and what they are compared with. Flows out: the entries, by code.
import type { ProblemEntry } from "./entry.ts"

export const releaseProblems = {
  FM8301: {
    title: "Version that is not there",
    cause:
      "A release to compare with is a folder, a compiled Plan or a commit of the git repository. The word that was given is none of them, or there was no project then. A shallow clone lacks the commits before it.",
    help: "`git log` lists commits, `git tag` names. In CI fetch all of them: `fetch-depth: 0`.",
    example: {
      command: "fmap diff v9.9.9",
      says: 'There is no file or folder "v9.9.9", and no git repository whose commit it could be.',
    },
  },
  FM8302: {
    title: "Release file that was changed by hand",
    cause:
      "The lock, an approval or the manifest of a release is missing, cannot be read, or is not what was released. What was released is not changed any more: others rely on it.",
    help: "Take the file from the repository's history: `git log -- releases`, then `git checkout COMMIT -- FILE`. To change a release, cut a new one.",
    example: { command: "fmap release check", says: "releases/fmap.lock.json…" },
  },
  FM8303: {
    title: "Release that is not known",
    cause:
      "A contract, map or crosswalk was named that was never released, was retired, or whose name fits several; or nothing was released yet.",
    help: "`releases/fmap.lock.json` lists what was released. Write the name with its version, as `Order@1.2.0`.",
    example: {
      command: "fmap release retire Order@1.0.0",
      says: 'No release is called "Order@1.0.0"; releases/fmap.lock.json lists them.',
    },
  },
  FM8304: {
    title: "Approval that is not taken",
    cause:
      "A change is approved by the id that `fmap release check` tells, by one of the approvers of the project, with a reason and a last day. One of these does not hold.",
    help: "Run `fmap release check` again and take the id from there. Approvers are listed in the project's policy.",
    example: {
      command: 'fmap release approve 0123abcd --by ann --reason "agreed" --until 2099-12-31',
      says: 'No change has the fingerprint "0123abcd"; "fmap release check" tells them as id.',
    },
  },
  FM8305: {
    title: "Schema that cannot be compared",
    cause:
      "A file that is compared is no JSON Schema that fmap understands, or is not there. References out of a file are refused: nothing is fetched.",
    help: "Correct the file at the place that is named. Put everything a schema refers to into its `$defs`.",
    example: { command: "fmap diff old.schema.json new.schema.json", says: "old.schema.json…" },
  },
  FM8306: {
    title: "Recorded inputs that cannot be used",
    cause:
      "`--payloads` names a folder with records for the maps that are compared. It is not there, a file in it belongs to no map, or a record cannot be read.",
    help: "Call files after their map: `BillOrder.json`, `BillOrder.ndjson`, or put them into a folder called so.",
    example: {
      command: "fmap diff before --payloads nowhere",
      says: '--payloads: there is no folder "nowhere".',
    },
  },
} as const satisfies Readonly<Record<string, ProblemEntry>>
