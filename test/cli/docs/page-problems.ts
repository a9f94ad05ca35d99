// What must hold of every page of a site. Flows in: the files of a site. Flows out: sentences about what does not: markup, links, ids,
// headings, tables, and anything that would run or be fetched.
import { posix } from "node:path"
import { attribute, type Element, parsePage } from "./site-of.ts"

export function pageProblems(files: ReadonlyMap<string, string>): readonly string[] {
  const pages = [...files].filter(([path]) => path.endsWith(".html"))
  const parsed = new Map(pages.map(([path, html]) => [path, parsePage(html)]))
  const ids = new Map([...parsed].map(([path, { elements }]) => [path, idsOf(elements)]))
  return [...parsed].flatMap(([path, { errors, elements }]) =>
    [
      ...errors,
      ...doubled(ids.get(path) ?? []).map(id => `the id ${id} stands twice`),
      ...elements.flatMap(element => elementProblems(element)),
      ...headingProblems(elements),
      ...landmarkProblems(elements),
      ...elements.flatMap(element => linkProblems(element, path, files, ids)),
      ...referenceProblems(elements, ids.get(path) ?? []),
    ].map(problem => `${path}: ${problem}`),
  )
}

function idsOf(elements: readonly Element[]): readonly string[] {
  return elements.flatMap(element => attribute(element, "id") ?? [])
}

function doubled(names: readonly string[]): readonly string[] {
  return names.filter((name, i) => names.indexOf(name) !== i)
}

const forbidden = ["script", "iframe", "object", "embed", "form", "img", "base", "audio", "video"]

function elementProblems(element: Element): readonly string[] {
  const { tagName, attrs } = element
  return [
    ...(forbidden.includes(tagName) ? [`there is a <${tagName}>`] : []),
    ...attrs.flatMap(({ name, value }) => [
      ...(name.startsWith("on") || name === "style" ? [`<${tagName}> has ${name}`] : []),
      ...(name === "src" ? [`<${tagName}> fetches ${value}`] : []),
    ]),
    ...(tagName === "table" && !hasCaption(element) ? ["a table has no caption"] : []),
    ...(tagName === "th" && attribute(element, "scope") === undefined ? ["a <th> has no scope"] : []),
  ]
}

function hasCaption({ childNodes }: Element): boolean {
  return childNodes.some(child => "tagName" in child && child.tagName === "caption")
}

/** One h1, and no level left out on the way down. */
function headingProblems(elements: readonly Element[]): readonly string[] {
  // The navigation stands beside the page and has an outline of its own.
  const outside = elements.filter(
    ({ parentNode }) => parentNode === null || attributeOf(parentNode) !== "contents",
  )
  const levels = outside.flatMap(({ tagName }) => (/^h[1-6]$/u.test(tagName) ? [Number(tagName[1])] : []))
  const skipped = levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1)
  const tops = levels.filter(level => level === 1).length
  return [
    ...(tops === 1 ? [] : [`it has ${tops} first headings`]),
    ...skipped.map(level => `a heading of level ${level} comes too early`),
  ]
}

function attributeOf(node: NonNullable<Element["parentNode"]>): string | undefined {
  return "tagName" in node ? attribute(node, "id") : undefined
}

function landmarkProblems(elements: readonly Element[]): readonly string[] {
  return ["header", "main", "nav", "footer"].flatMap(name =>
    elements.filter(({ tagName }) => tagName === name).length === 1 ? [] : [`it has not one <${name}>`],
  )
}

function linkProblems(
  element: Element,
  page: string,
  files: ReadonlyMap<string, string>,
  ids: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const href = attribute(element, "href")
  if (href === undefined || href === "data:,") return []
  if (/^https?:/iu.test(href))
    return attribute(element, "rel")?.includes("noopener") === true ? [] : [`${href} is open to its opener`]
  if (/^[a-z][a-z0-9+.-]*:/iu.test(href)) return [`a link goes to ${href}`]
  const [path = "", fragment] = href.split("#")
  const to = path === "" ? page : posix.normalize(posix.join(posix.dirname(page), decodeURIComponent(path)))
  // Schemas are the compiler's, and are written beside the pages.
  if (!files.has(to) && !to.endsWith(".schema.json")) return [`${href} leads nowhere`]
  return fragment === undefined || ids.get(to)?.includes(fragment) === true
    ? []
    : [`${href} has no such place`]
}

function referenceProblems(elements: readonly Element[], ids: readonly string[]): readonly string[] {
  return elements
    .flatMap(element => (attribute(element, "aria-labelledby") ?? "").split(" "))
    .filter(id => id !== "" && !ids.includes(id))
    .map(id => `nothing is called ${id}`)
}
