// All codes of all phases in one typed table.
import { contracts } from "./contracts.ts"
import { finance } from "./finance.ts"
import { flows } from "./flows.ts"
import { governance } from "./governance.ts"
import { hierarchies } from "./hierarchies.ts"
import { mapping } from "./mapping.ts"
import { measures } from "./measures.ts"
import { names } from "./names.ts"
import { project } from "./project.ts"
import { referenceData } from "./reference-data.ts"
import { reuse } from "./reuse.ts"
import { runtime } from "./runtime.ts"
import { scope } from "./scope.ts"
import { sets } from "./sets.ts"
import { syntax } from "./syntax.ts"
import { types } from "./types.ts"
import { wire } from "./wire.ts"

export const catalogue = {
  ...syntax,
  ...names,
  ...scope,
  ...types,
  ...mapping,
  ...finance,
  ...measures,
  ...contracts,
  ...project,
  ...runtime,
  ...referenceData,
  ...reuse,
  ...sets,
  ...wire,
  ...hierarchies,
  ...governance,
  ...flows,
}
export type Catalogue = typeof catalogue
export type DiagnosticCode = keyof Catalogue
