// The entry of a system nobody says the platform of: a folder stands for it, to try flows out. Flows in: a system. Flows out: its entry.
import { noSimulator, type Template } from "./template.ts"

export const folderOfTrial: Template = {
  simulator: noSimulator,
  prepare: ({ fileName, objects }) => ({
    entry: { kind: "folder", path: `./folders/${fileName}` },
    notes: [
      "a folder stands for it, to try flows out: each object is a file of NDJSON there. Say its platform in the project, and the entry can be made for it.",
      ...objects
        .filter(object => !/^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/u.test(object.name))
        .map(object => `${object.name} is no name for a file, so a folder cannot hold it.`),
    ],
  }),
}
