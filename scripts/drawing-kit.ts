/**
 * What the drawings of the guide are put together from: windows, rows, buttons and steps, in the light colours of the page. Each drawing has a
 * ground of its own, so that it can be read on a dark page as on a light one.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export type Place = { readonly x: number; readonly y: number }
/** Part of a drawing, as SVG. */
export type Shape = string
type Look = {
  readonly size?: number
  readonly weight?: number
  readonly fill?: string
  readonly anchor?: 'middle' | 'end'
}

const THEME = /:root\[data-theme="light"\] \{(.*?)\}/s.exec(
  readFileSync(join(import.meta.dirname, '..', 'src', 'web', 'theme.css'), 'utf8'),
)![1]!

/** A colour of the page by its name there, such as `accent`. */
export const colour = (name: string): string => {
  const found = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(THEME)
  if (found === null) throw new Error(`The light theme has no colour ${name}`)
  return found[1]!
}

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const textTag = ({ x, y }: Place, words: string, look: Look, more = ''): Shape => {
  const { size = 14, weight = 400, fill = 'text', anchor } = look
  const style = `font-size="${size}"${weight === 400 ? '' : ` font-weight="${weight}"`} fill="${colour(fill)}"`
  return `<text x="${x}" y="${y}" ${style}${anchor ? ` text-anchor="${anchor}"` : ''}${more}>${escaped(words)}</text>`
}

export const text = (place: Place, words: string, look: Look = {}): Shape => textTag(place, words, look)

/** Lines of a text below each other. */
export const lines = ({ x, y }: Place, all: readonly string[], look: Look = {}): Shape =>
  all.map((words, at) => text({ x, y: y + at * 19 }, words, look)).join('')

/**
 * The name of something that a download contains, as it is shown to people.
 * @param path in the archive, or the name of the archive itself
 */
export const packed = (place: Place, path: string, shown: string, look: Look = {}): Shape =>
  textTag(place, shown, look, ` data-path="${escaped(path)}"`)

const rect = ({ x, y, width, height }: Box, fill: string, { line = '', radius = 6, weight = 1 } = {}): Shape =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"${
    line === '' ? '' : ` stroke="${colour(line)}" stroke-width="${weight}"`
  }/>`

/** A line between what belongs apart. */
export const rule = ({ x, y }: Place, path: string): Shape => `<path d="M${x} ${y}${path}" stroke="${colour('line')}"/>`

/** A window with its title. */
export const pane = (box: Box, title: string): Shape =>
  rect(box, colour('surface'), { line: 'line-strong', radius: 10 }) +
  text({ x: box.x + 16, y: box.y + 25 }, title, { weight: 600 }) +
  rule({ x: box.x, y: box.y + 38 }, `h${box.width}`)

/** A window without one, such as a question. */
export const card = (box: Box): Shape => rect(box, colour('surface'), { line: 'line-strong', radius: 12 })

/** What is to be chosen is filled; what is not, has an outline. */
export const button = (box: Box, words: string, isChosen = false): Shape =>
  rect(box, colour(isChosen ? 'accent' : 'raised'), { line: isChosen ? 'accent' : 'line-strong' }) +
  text({ x: box.x + box.width / 2, y: box.y + box.height / 2 + 5 }, words, {
    anchor: 'middle',
    fill: isChosen ? 'on-accent' : 'text',
    weight: isChosen ? 600 : 400,
  })

/** A row, a menu entry or a link to be chosen: a frame around it. */
export const frame = (box: Box): Shape => rect(box, 'none', { line: 'accent', weight: 2.5 })

/** What is done first, second and so on. */
export const step = ({ x, y }: Place, number: number): Shape =>
  `<circle cx="${x}" cy="${y}" r="13" fill="${colour('accent')}"/>` +
  text({ x, y: y + 5 }, String(number), { anchor: 'middle', fill: 'on-accent', weight: 700 })

export const arrow = (from: Place, to: Place): Shape =>
  `<path d="M${from.x} ${from.y}L${to.x} ${to.y}" stroke="${colour('accent')}" stroke-width="2.5" marker-end="url(#head)"/>`

export const folderIcon = ({ x, y }: Place): Shape =>
  `<path d="M${x} ${y + 2}h7l2 3h9v12h-18z" fill="${colour('line')}" stroke="${colour('line-strong')}"/>`

export const fileIcon = ({ x, y }: Place): Shape =>
  `<path d="M${x + 2} ${y}h9l5 5v13h-14z" fill="${colour('surface')}" stroke="${colour('line-strong')}"/>`

/** The icon of the program, as it is in the packages. */
export const programIcon = ({ x, y }: Place, size: number): Shape => {
  const icon = readFileSync(join(import.meta.dirname, '..', 'src', 'web', 'icon.svg'), 'utf8')
  const inside = /<svg[^>]*>(.*)<\/svg>/s.exec(icon)![1]!.replace(/<title>.*?<\/title>/, '')
  return `<g transform="translate(${x} ${y}) scale(${size / 32})">${inside}</g>`
}

export type Drawing = {
  readonly name: string
  /** Said to whoever does not see it. */
  readonly title: string
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
}

const MARK_HEIGHT = 26

/** The whole file, which says of itself that it is a drawing. */
export const svgOf = ({ title, width, height, shapes }: Drawing): string => {
  const whole = height + MARK_HEIGHT
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${whole}" width="${width}" height="${whole}" role="img" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif">
<title>${escaped(title)}</title>
<defs><marker id="head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="5" markerHeight="5" orient="auto"><path d="M0 0 8 4 0 8z" fill="${colour('accent')}"/></marker></defs>
${rect({ x: 0.5, y: 0.5, width: width - 1, height: whole - 1 }, colour('ground'), { line: 'line-strong', radius: 8 })}
${shapes.join('\n')}
${text({ x: width - 14, y: whole - 11 }, 'Drawing, not a photograph', { size: 12, fill: 'text-quiet', anchor: 'end' })}
</svg>
`
}
