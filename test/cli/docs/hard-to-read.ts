// What a reader of a page would stumble over. Flows in: a page in a browser. Flows out: a sentence, or nothing: how much wider than the window it
// is, and texts with less contrast than WCAG AA asks, 4.5, or 3 where they are large. The text below runs in the page, not here.
import type { Page } from "playwright-core"

const inPage = String.raw`(() => {
  const { scrollWidth, clientWidth } = document.documentElement
  const numbers = colour => (colour.match(/[\d.]+/gu) ?? []).map(Number)
  const light = colour => {
    const [r, g, b] = numbers(colour).map(one => {
      const part = one / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = element => {
    if (element === null) return "rgb(255, 255, 255)"
    const colour = getComputedStyle(element).backgroundColor
    return numbers(colour)[3] === 0 ? behind(element.parentElement) : colour
  }
  const faint = [...document.querySelectorAll("body *:not(svg *)")].flatMap(element => {
    const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== "")
    if (!hasText) return []
    const { color, fontSize, fontWeight } = getComputedStyle(element)
    const [one, other] = [light(color), light(behind(element))]
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    const size = Number.parseFloat(fontSize)
    const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700)
    const name = [element.tagName, ...element.classList].join(".")
    return contrast < (isLarge ? 3 : 4.5) ? [name + " " + contrast.toFixed(2)] : []
  })
  const wide = scrollWidth > clientWidth ? [scrollWidth - clientWidth + " too wide"] : []
  return [...wide, ...new Set(faint)]
})()`

export async function hardToRead(page: Page, path: string): Promise<string | undefined> {
  const found: readonly string[] = await page.evaluate(inPage)
  return found.length === 0 ? undefined : `${path}: ${found.join(", ")}`
}
