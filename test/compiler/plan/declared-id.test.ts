// Ids of declarations: plain where nothing is gained by more, never the same for two.
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { declaredId, idInFile } from "../../../compiler/plan/declared-id.ts"

describe("an id", () => {
  test.each([
    ["Account", "contracts/netsuite.fmap", true, "Account"],
    ["Account", "contracts/netsuite.fmap", false, "contracts/netsuite#Account"],
    ["__proto__", "a.fmap", true, "__proto__"],
    ["a#Account", "b.fmap", true, "b#a#Account"],
    ["Account", "a#b.fmap", false, "a%23b#Account"],
    ["Account", "a%23b.fmap", false, "a%2523b#Account"],
  ])("of %s in %s, unique: %s, is %s", (name, path, isUnique, id) =>
    expect(declaredId(name, path, isUnique)).toBe(id),
  )

  const name = fc.string({
    unit: fc.constantFrom("A", "#", "%", "2", "3", "/", "@"),
    minLength: 1,
    maxLength: 6,
  })
  const path = name.map(text => `${text}.fmap`)
  const declaration = fc.record({ name, path })

  test("is another for another declaration", () =>
    fc.assert(
      fc.property(fc.uniqueArray(declaration, { selector: d => JSON.stringify(d), maxLength: 6 }), all => {
        const isUnique = (wanted: string) => all.filter(d => d.name === wanted).length === 1
        const ids = all.map(d => declaredId(d.name, d.path, isUnique(d.name)))
        expect(new Set(ids).size).toBe(all.length)
      }),
    ))

  test("loses only its file in its file", () =>
    fc.assert(
      fc.property(declaration, d => {
        const form = `${declaredId(d.name, d.path, false)}@Erp`
        expect(idInFile(form, d, d.path)).toBe(`${d.name}@Erp`)
      }),
    ))
})
