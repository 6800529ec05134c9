/** Where elements lie in a text, so that a file can be changed in a few places and stays as it is everywhere else. */
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { UserError } from '../../support/user-error.ts'
import { bareAmpersand, malformedXml } from './xml-faults.ts'
import type { XmlAttributes } from './xml-reader.ts'

export type PlacedElement = {
  readonly name: string
  readonly attributes: XmlAttributes
  readonly parent: PlacedElement | null
  readonly children: PlacedElement[]
  /** Of its `<`. */
  readonly start: number
  /** Behind the `>` of its opening tag. */
  readonly openEnd: number
  readonly isSelfClosing: boolean
  /** Of the `<` of its closing tag, and behind it; the same where it closes itself. */
  closeStart: number
  end: number
}

export type XmlEdit = { readonly from: number; readonly to: number; readonly text: string }

const MOST_DEPTH = 256
/** Several times those of a large library; each is held. */
const MOST_ELEMENTS = 1_500_000

/** @returns the root @throws UserError IMPORT_MALFORMED with the line; a document type is refused */
export const placeElements = (text: string): PlacedElement => {
  const parser = new SaxesParser()
  const fail = (what: string): never => {
    throw new UserError('IMPORT_MALFORMED', `Line ${parser.line}: ${what}`)
  }
  let root: PlacedElement | null = null
  const open: PlacedElement[] = []
  let [elements, tagStart] = [0, 0]
  parser.on('error', ({ message }: Error) => {
    if (/disallowed character\.$/.test(message)) return
    const isOfAmpersand = /entity name\.$/.test(message)
    throw (isOfAmpersand && bareAmpersand(text)) || malformedXml(parser.line, message.replace(/^\d+:\d+: /, ''))
  })
  parser.on('doctype', () => fail('a document type is not expected here.'))
  // Here only the name was read: values may hold a "<" that nobody escaped.
  parser.on('opentagstart', () => {
    tagStart = text.lastIndexOf('<', parser.position - 1)
  })
  parser.on('opentag', ({ name, attributes, isSelfClosing }: SaxesTagPlain) => {
    const [start, end] = [tagStart, parser.position]
    const parent = open.at(-1) ?? null
    const element = { name, attributes, parent, children: [], start, openEnd: end, isSelfClosing, closeStart: end, end }
    if (open.length >= MOST_DEPTH) fail(`elements are nested more than ${MOST_DEPTH} deep.`)
    if (++elements > MOST_ELEMENTS) fail(`there are more than ${MOST_ELEMENTS.toLocaleString('en-GB')} elements.`)
    parent?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', ({ isSelfClosing }: SaxesTagPlain) => {
    const element = open.pop()!
    if (isSelfClosing) return
    element.end = parser.position
    element.closeStart = text.lastIndexOf('<', element.end - 1)
  })
  parser.write(text).close()
  return root ?? fail('the file is empty.')
}

/** @param edits that do not overlap */
export const applyEdits = (text: string, edits: readonly XmlEdit[]): string => {
  let [written, at] = ['', 0]
  for (const { from, to, text: replacement } of edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    written += text.slice(at, from) + replacement
    at = to
  }
  return written + text.slice(at)
}

export const childrenNamed = (element: PlacedElement | undefined, name: string): readonly PlacedElement[] =>
  element?.children.filter((child) => child.name === name) ?? []

/** Elements with the line that they stand on, where they stand alone on it. */
export const removal = (text: string, { start, end }: PlacedElement): XmlEdit => {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const isAlone = text.slice(lineStart, start).trim() === '' && /^[ \t]*\r?\n/.test(text.slice(end, end + 200))
  if (!isAlone) return { from: start, to: end, text: '' }
  return { from: lineStart, to: text.indexOf('\n', end) + 1, text: '' }
}

const indentOf = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))![0]

/** Puts lines at the end of an element, opened where it closes itself. */
export const appendChildren = (text: string, element: PlacedElement, children: string): XmlEdit => {
  const indent = indentOf(text, element.start)
  const lines = children.replace(/^/gm, `${indent}  `)
  if (element.isSelfClosing)
    return {
      from: element.openEnd - 2,
      to: element.openEnd,
      text: `>\n${lines}\n${indent}</${element.name}>`,
    }
  const lineStart = text.lastIndexOf('\n', element.closeStart - 1) + 1
  const closesOnItsLine = text.slice(lineStart, element.closeStart).trim() === '' && lineStart >= element.openEnd
  return closesOnItsLine
    ? { from: lineStart, to: lineStart, text: `${lines}\n` }
    : { from: element.closeStart, to: element.closeStart, text: `\n${lines}\n${indent}` }
}

/** Changes the number in an attribute of an opening tag. @returns nothing where the attribute is not there */
export const changeCount = (
  text: string,
  { start, openEnd }: PlacedElement,
  name: string,
  count: number,
): XmlEdit[] => {
  const found = new RegExp(`(\\s${name}\\s*=\\s*["'])[^"']*`).exec(text.slice(start, openEnd))
  if (found === null) return []
  const from = start + found.index + found[1]!.length
  return [{ from, to: start + found.index + found[0].length, text: String(count) }]
}
