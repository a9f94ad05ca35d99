// Documentation of authors as HTML. Flows in: Markdown of anybody. Flows out: HTML that holds no tag, image or script of theirs, and no link
// but to http and https; headings are strong paragraphs, because the page has its own.
import MarkdownIt from "markdown-it"

export type AuthorMarkdown = (text: string) => string

export function authorMarkdown(): AuthorMarkdown {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })
  markdown.disable(["image", "table"])
  markdown.validateLink = url => /^https?:\/\//iu.test(url)
  markdown.renderer.rules.heading_open = () => "<p><strong>"
  markdown.renderer.rules.heading_close = () => "</strong></p>\n"
  markdown.renderer.rules.link_open = (tokens, i, options, _env, renderer) => {
    tokens[i]?.attrSet("rel", "noopener noreferrer nofollow")
    return renderer.renderToken(tokens, i, options)
  }
  return text => markdown.render(text)
}
