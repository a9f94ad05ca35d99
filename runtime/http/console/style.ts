// The style sheet of the console: quiet paper, figures in columns, colour only where something waits for a person. Flows in: nothing. Flows out: CSS. Light and dark, telephone and paper.
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f7f6f2; --sheet: #ffffff; --ink: #1d2430; --soft: #566072; --line: #ddd8cc; --faint: #f2efe7;
  --link: #14506e; --accent: #a2541b; --good: #1c6b3c; --good-back: #e3f3e7; --bad: #a3202c; --bad-back: #fbe6e6;
  --wait: #7a5200; --wait-back: #fbf0d6; --quiet-back: #ebe8df; --bar: #1f2a3a; --bar-ink: #f4f1e8; --bar-soft: #b9c2d0;
  --sans: "Inter", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif;
  --mono: "SF Mono", ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171d; --sheet: #1a1e26; --ink: #e6e4de; --soft: #a3abb9; --line: #333a46; --faint: #20252f;
    --link: #8cc7e6; --accent: #e6a06b; --good: #8bd6a3; --good-back: #1b3426; --bad: #ff9c9c; --bad-back: #43201f;
    --wait: #edc573; --wait-back: #3b2f14; --quiet-back: #2a303b; --bar: #10141b; --bar-ink: #e6e4de; --bar-soft: #a3abb9;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 0.9375rem/1.5 var(--sans); }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 0.07em; }
a:hover { text-decoration-thickness: 0.14em; }
:focus-visible { outline: 0.18rem solid var(--accent); outline-offset: 0.15rem; border-radius: 0.15rem; }
main:focus { outline: none; }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; margin: 0 0 0.35rem; }
h2 { font-size: 1.2rem; margin: 0 0 0.75rem; }
h3 { font-size: 1rem; margin: 0 0 0.35rem; }
p { margin: 0 0 0.75rem; max-width: 46rem; overflow-wrap: anywhere; }
code, .mono { font-family: var(--mono); font-size: 0.875em; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; z-index: 2; background: var(--sheet); color: var(--link); padding: 0.4rem 0.8rem; }
.bar { background: var(--bar); color: var(--bar-ink); }
.bar > div { display: flex; flex-wrap: wrap; gap: 0.35rem 1rem; align-items: center; max-width: 82rem; margin: 0 auto; padding: 0.55rem 1.25rem; }
.bar a { color: var(--bar-ink); text-decoration: none; padding: 0.3rem 0.1rem; border-bottom: 0.15rem solid transparent; }
.bar a:hover, .bar a[aria-current] { border-bottom-color: var(--accent); }
.bar .brand { font-family: var(--serif); font-size: 1.25rem; font-weight: 600; border: 0; letter-spacing: 0.01em; }
.bar nav { display: flex; flex-wrap: wrap; gap: 0 0.95rem; }
.bar form { display: flex; gap: 0.4rem 0.7rem; align-items: center; margin: 0; min-width: 0; max-width: 100%; }
.bar .find { margin-left: auto; }
.bar input { background: transparent; color: var(--bar-ink); border-color: var(--bar-soft); width: 10.5rem; }
.bar input::placeholder { color: var(--bar-soft); opacity: 1; }
.bar .role { border: 1px solid var(--bar-soft); border-radius: 1rem; padding: 0 0.6rem; font-size: 0.8125rem; white-space: nowrap; }
.bar .who { color: var(--bar-soft); max-width: 11rem; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar button { white-space: nowrap; background: transparent; color: var(--bar-ink); border-color: var(--bar-soft); }
main { max-width: 82rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
.head { display: flex; flex-wrap: wrap; gap: 0.35rem 1.5rem; align-items: baseline; justify-content: space-between; margin-bottom: 1.25rem; }
.sheet { background: var(--sheet); border: 1px solid var(--line); border-radius: 0.4rem; padding: 1.1rem 1.25rem; margin-bottom: 1.25rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 0.4rem; overflow: hidden; margin-bottom: 1.25rem; }
.tiles > div { background: var(--sheet); padding: 0.9rem 1.25rem; }
.tiles dt { color: var(--soft); font-size: 0.8125rem; }
.tiles dd { margin: 0.1rem 0 0; font-family: var(--serif); font-size: 1.5rem; line-height: 1.25; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.tiles dd small { font: 0.875rem var(--sans); color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.5rem; }
th { text-align: left; font-weight: 600; font-size: 0.8125rem; color: var(--soft); white-space: nowrap; }
th, td { padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child > td, tr:last-child > th { border-bottom: 0; }
tbody tr:hover { background: var(--faint); }
td, th { overflow-wrap: break-word; }
.wide { min-width: 16rem; overflow-wrap: anywhere; }
.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody th { font-size: inherit; color: inherit; }
th.figure, td.figure { padding-right: 1.5rem; }
.figure small { color: var(--soft); }
.nowrap { white-space: nowrap; }
.pill { display: inline-block; padding: 0.05rem 0.55rem; border-radius: 1rem; font-size: 0.8125rem; background: var(--quiet-back); white-space: nowrap; }
.pill.open, .pill.blocked, .pill.rejected { background: var(--bad-back); color: var(--bad); }
.pill.acknowledged, .pill.parked, .pill.doubt, .pill.proposed { background: var(--wait-back); color: var(--wait); }
.pill.resolved, .pill.done, .pill.applied, .pill.kept { background: var(--good-back); color: var(--good); }
.note { border-left: 0.25rem solid var(--soft); background: var(--sheet); padding: 0.7rem 1rem; margin: 0 0 1.25rem; border-radius: 0.2rem; }
.note.good { border-color: var(--good); background: var(--good-back); color: var(--good); }
.note.bad { border-color: var(--bad); background: var(--bad-back); color: var(--bad); }
.note p:last-child, .note ul { margin-bottom: 0; }
.two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(17rem, 24rem); gap: 1.25rem; align-items: start; }
@media (max-width: 60rem) { .two { grid-template-columns: minmax(0, 1fr); } .bar .find { margin-left: 0; } }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 0.6rem 1.25rem; margin: 0; }
.facts dt { color: var(--soft); font-size: 0.8125rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.record tbody th { color: var(--soft); font-size: 0.875em; font-family: var(--mono); font-weight: 400; white-space: normal; overflow-wrap: anywhere; width: 34%; }
.record tr.wrong { background: var(--bad-back); }
.record tr.wrong th, .record tr.wrong td { color: var(--bad); padding-left: 0.5rem; }
.record tr.wrong small { display: block; }
ol.time { list-style: none; margin: 0; padding: 0 0 0 1.1rem; border-left: 2px solid var(--line); }
ol.time li { position: relative; padding: 0 0 0.75rem; overflow-wrap: anywhere; }
ol.time li::before { content: ""; position: absolute; left: -1.48rem; top: 0.45rem; width: 0.6rem; height: 0.6rem; border-radius: 50%; background: var(--line); border: 2px solid var(--sheet); }
ol.time li.person::before { background: var(--accent); }
ol.time li.bad::before { background: var(--bad); }
ol.time li.good::before { background: var(--good); }
ol.time time { color: var(--soft); font-size: 0.8125rem; font-variant-numeric: tabular-nums; display: block; }
label { display: block; font-size: 0.8125rem; color: var(--soft); }
input, select, textarea { font: inherit; color: var(--ink); background: var(--sheet); border: 1px solid var(--soft); border-radius: 0.25rem; padding: 0.35rem 0.5rem; max-width: 100%; }
input[type="checkbox"] { width: 1.15rem; height: 1.15rem; margin: 0.15rem 0 0; accent-color: var(--link); }
textarea { width: 100%; min-height: 4rem; resize: vertical; }
textarea.token { font-family: var(--mono); font-size: 0.8125rem; min-height: 8rem; }
button { font: inherit; font-weight: 600; color: var(--link); background: var(--sheet); border: 1px solid currentColor; border-radius: 0.25rem; padding: 0.35rem 0.9rem; cursor: pointer; }
button:hover { background: var(--faint); }
a.button { display: inline-block; font-weight: 600; border-radius: 0.25rem; padding: 0.35rem 0.9rem; text-decoration: none; }
button.first, a.button.first { background: var(--link); color: var(--sheet); border-color: var(--link); }
button.first:hover, a.button.first:hover { filter: brightness(1.12); }
.row { display: flex; flex-wrap: wrap; gap: 0.6rem 0.9rem; align-items: end; }
.row > div { min-width: 0; }
fieldset { min-width: 0; margin-inline: 0; }
.field { margin-bottom: 0.75rem; }
.field input:not([type="checkbox"]), .field select { width: 100%; }
details { border-top: 1px solid var(--line); }
details:last-of-type { border-bottom: 1px solid var(--line); }
summary { cursor: pointer; padding: 0.6rem 0; font-weight: 600; color: var(--link); }
details > form, details > div { padding-bottom: 1rem; }
.help { color: var(--soft); font-size: 0.875rem; margin-bottom: 0.6rem; }
ul.plain { list-style: none; margin: 0; padding: 0; }
ul.plain li { padding: 0.3rem 0; overflow-wrap: anywhere; }
.enter { max-width: 30rem; margin: 8vh auto 0; }
@media print { .bar, form, details { display: none; } body { background: white; color: black; } .sheet { border-color: #999; } .two { display: block; } }
`

/** A ledger and a mark. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1f2a3a"/><path d="M8 9h16M8 16h16M8 23h9" stroke="#f4f1e8" stroke-width="2.6" stroke-linecap="round"/><circle cx="24" cy="23" r="3" fill="#e6a06b"/></svg>`
