import { giveWay } from '../core/support/give-way.ts'
import { BRACE, BRACE_END, BRACKET, BRACKET_END, COMMA, endOfText, QUOTE } from './dense-json.ts'

/** So much text takes about a millisecond. */
const PIECE_LETTERS = 1 << 16

type Parse = (json: string) => unknown
/** A member of the outermost record; of a long list, where its entries can be cut. */
type Member = { readonly start: number; end: number; list: number; listEnd: number; readonly cuts: number[] }

const memberAt = (start: number): Member => ({ start, end: -1, list: -1, listEnd: -1, cuts: [] })

/** Told by its brackets and commas, without parsing it. @returns null where it is no record, which a parser will say */
const membersOf = async (json: string, pieceLetters: number): Promise<readonly Member[] | null> => {
  const members = [memberAt(json.indexOf('{') + 1)]
  let member = members[0]!
  let depth = 1
  let paused = 0
  for (let at = member.start; at < json.length; at++) {
    if (at - paused > pieceLetters) {
      await giveWay()
      paused = at
    }
    const code = json.charCodeAt(at)
    if (code === QUOTE) at = endOfText(json, at)
    else if (code === BRACKET || code === BRACE) {
      if (depth === 1 && code === BRACKET && member.list < 0) member.list = at + 1
      depth++
    } else if (code === BRACKET_END || code === BRACE_END) {
      depth--
      if (depth === 1) member.listEnd = at
      if (depth > 0) continue
      member.end = at
      return json.slice(at + 1).trim() === '' ? members : null
    } else if (code === COMMA && depth === 1) {
      member.end = at
      member = memberAt(at + 1)
      members.push(member)
    } else if (
      code === COMMA &&
      depth === 2 &&
      member.list >= 0 &&
      at - (member.cuts.at(-1) ?? member.list) > pieceLetters
    )
      member.cuts.push(at)
  }
  return null
}

const parseList = async (json: string, { list, listEnd, cuts }: Member, parse: Parse): Promise<unknown[]> => {
  const found: unknown[] = []
  let from = list
  for (const to of [...cuts, listEnd]) {
    const entries = parse(`[${json.slice(from, to)}]`) as unknown[]
    // A comma without anything before or after it.
    if (entries.length === 0) parse('[,]')
    for (const entry of entries) found.push(entry)
    from = to + 1
    await giveWay()
  }
  return found
}

/** The same as to parse all in one turn, but lists of the outermost record a piece at a time. @throws what `parse` throws */
export const parseInTurns = async (json: string, parse: Parse, pieceLetters = PIECE_LETTERS): Promise<unknown> => {
  const members = json.length > pieceLetters && /^\s*\{/.test(json) ? await membersOf(json, pieceLetters) : null
  if (members === null || members.every(({ cuts }) => cuts.length === 0)) return parse(json)
  const found: [string, unknown][] = []
  for (const member of members) {
    const { start, end, list, listEnd, cuts } = member
    const isCut = cuts.length > 0
    const text = isCut ? json.slice(start, list) + json.slice(listEnd, end) : json.slice(start, end)
    const entries = Object.entries(parse(`{${text}}`) as object)
    if (entries.length !== 1) parse('{,}')
    const [name, value] = entries[0]!
    found.push([name, isCut ? await parseList(json, member, parse) : value])
  }
  return Object.fromEntries(found)
}
