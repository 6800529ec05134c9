/** Property lists of Apple, read as a stream: what lies deep enough is handed over and forgotten, so that a library is held once. */
import type { ByteSource } from '../../../support/byte-source.ts'
import type { WarningTally } from '../warning-tally.ts'
import { readXml } from '../xml-reader.ts'

type PlistValue = string | number | boolean | readonly PlistValue[] | PlistDictionary
export type PlistDictionary = ReadonlyMap<string, PlistValue>

/** The one that Apple's programs write, without declarations of its own. */
const PLIST_DOCTYPE =
  /^plist\s+PUBLIC\s+"-\/\/Apple(?: Computer)?\/\/DTD PLIST 1\.0\/\/EN"\s+"https?:\/\/www\.apple\.com\/DTDs\/PropertyList-1\.0\.dtd"$/

type Open = { readonly dictionary: Map<string, PlistValue> | null; readonly list: PlistValue[]; key: string }

const LEAVES: ReadonlySet<string> = new Set(['key', 'string', 'integer', 'real', 'date', 'data', 'true', 'false'])

const leafOf = (element: string, text: string): PlistValue => {
  if (element === 'integer' || element === 'real') return Number(text)
  if (element === 'true' || element === 'false') return element === 'true'
  // Bytes are covers and rules, which nothing here needs.
  return element === 'data' ? '' : text
}

/**
 * @param take gets each dictionary with the keys that lead to it, the empty one for a place in a list; what it returns true for is not kept
 * @returns the whole without what was taken
 */
export const readPropertyList = (
  bytes: ByteSource,
  take: (path: readonly string[], dictionary: PlistDictionary) => boolean,
  warnings: WarningTally,
): PlistDictionary => {
  const stack: Open[] = []
  let [root, text]: [PlistDictionary, string] = [new Map(), '']
  const attach = (value: PlistValue): void => {
    const parent = stack.at(-1)
    if (parent === undefined) {
      if (value instanceof Map) root = value
    } else if (parent.dictionary === null) parent.list.push(value)
    else parent.dictionary.set(parent.key, value)
  }
  readXml(
    bytes,
    {
      open: (name) => {
        text = ''
        if (name === 'dict') stack.push({ dictionary: new Map(), list: [], key: '' })
        else if (name === 'array') stack.push({ dictionary: null, list: [], key: '' })
      },
      text: (piece) => {
        text += piece
      },
      close: (name) => {
        if (name === 'dict' || name === 'array') {
          const { dictionary, list } = stack.pop()!
          const path = stack.map(({ key }) => key)
          if (dictionary === null || !take(path, dictionary)) attach(dictionary ?? list)
        } else if (name === 'key') {
          const parent = stack.at(-1)
          if (parent !== undefined) parent.key = text
        } else if (LEAVES.has(name)) attach(leafOf(name, text))
        text = ''
      },
    },
    { warnings, doctype: PLIST_DOCTYPE },
  )
  return root
}
