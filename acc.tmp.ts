import { compareMaps } from "@fmap/compiler"
import { judgedProjects } from "./test/one-slip/judged-projects.ts"
import { ruleMutants } from "./test/mutation/rules/operators.ts"
const rel = (plan: any, textOf: any) => ({ plan, textOf, rows: new Map() })
let n = 0
for (const { name, files, compiled } of judgedProjects()) {
  if (!name.startsWith("examples/")) continue
  const original = compiled(files)!
  for (const path of [...files.keys()].filter(p => p.endsWith(".fmap") && !p.startsWith("node_modules/")).sort())
    for (const mutant of ruleMutants(new TextDecoder().decode(files.get(path)), path)) {
      const plan = compiled(new Map<string, any>([...files, [mutant.file, mutant.text]]))
      if (!plan) continue
      const f = compareMaps(rel(original, (p: string) => { const t = files.get(p); return t === undefined ? undefined : typeof t === "string" ? t : new TextDecoder().decode(t) }), rel(plan, (p: string) => p === mutant.file ? mutant.text : new TextDecoder().decode(files.get(p) as any)), "strict")
      const rules = f.map(x => x.rule)
      if ((rules.includes("M021") && mutant.rule !== "M021") || (rules.includes("M036") && mutant.rule !== "M036")) {
        n++
        console.log("##", mutant.rule, mutant.id)
        for (const x of f) console.log("   ", x.rule, x.subject, x.path, "|", x.message, "|", x.old, "=>", x.new)
      }
    }
}
console.log(n)
