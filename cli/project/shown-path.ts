// Paths as the reader knows them. Flows in: the working folder and the project's. Flows out: a function from project paths to
// paths one can click on, relative to the working folder.
import { join, relative, sep } from "node:path"

export function shownPath(cwd: string, folder: string): (file: string) => string {
  return file => relative(cwd, join(folder, file)).split(sep).join("/") || file
}
