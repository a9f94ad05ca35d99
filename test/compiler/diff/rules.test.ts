// The catalogue of rules about changes: ids say their family, no id is in two, pages are complete.
import { changeRule, ruleFamilies, rulePage } from "@fmap/compiler"
import { describe, expect, test } from "vitest"

const rules = ruleFamilies.flatMap(family => Object.entries(family.rules))

test("an id is a letter and three digits, and is there once", () => {
  const ids = rules.map(([id]) => id)
  expect(ids.filter(id => !/^[A-Z]\d{3}$/u.test(id))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
  for (const { name, rules: own } of ruleFamilies)
    expect(new Set(Object.keys(own).map(id => id[0])).size, name).toBe(1)
})

describe.each(rules)("%s", (id, rule) => {
  test("says what it is in sentences", () => {
    expect(rule.title).toMatch(/^[A-Z][^.]{3,60}$/u)
    for (const text of [rule.meaning, rule.fix]) expect(text).toMatch(/^[A-Z].{20,}[.`]$/u)
    expect(Object.keys(rule.severity).length).toBeGreaterThan(0)
  })
  test("has a page", () => {
    const page = rulePage(id) ?? ""
    expect(page.startsWith(`# ${id} ${rule.title}\n`)).toBe(true)
    expect(page).toContain(rule.fix)
    expect(page.includes("locked")).toBe(rule.locked)
  })
})

test("there is no rule by the name of what every object has", () => {
  for (const id of ["constructor", "__proto__", "V999"]) {
    expect(changeRule(id)).toBeUndefined()
    expect(rulePage(id)).toBeUndefined()
  }
})
