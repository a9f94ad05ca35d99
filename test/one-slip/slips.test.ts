// What one slip in a payload does, for each example and each mapping problem: `FMAP_ACCEPT=1 npx vitest run test/one-slip` accepts what changed.
import { expect, test } from "vitest"
import { judgedProjects } from "./judged-projects.ts"
import { sectionsOf } from "./outcomes.ts"

const projects = judgedProjects()

test("there are projects", () => expect(projects.length).toBeGreaterThan(25))

test.each(projects.map(project => [project.name, project] as const))("%s", async (name, project) => {
  const plan = project.compiled(project.files)
  if (plan === null) throw new Error(`${name} does not compile`)
  const sections = [...sectionsOf(plan, project.runs(plan), project)]
  expect(sections.length).toBeGreaterThan(0)
  const text = sections.map(({ title, lines }) => `${title}\n${[...lines()].join("\n")}\n`).join("\n")
  await expect(text).toMatchFileSnapshot(
    `goldens/${name.replace(/^specs\/conformance\/|^examples\//u, "").replaceAll("/", "--")}.txt`,
  )
})
