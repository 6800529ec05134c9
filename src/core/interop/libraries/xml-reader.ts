/**
 * Reads XML of other programs as a stream of elements, a piece of the file at a time. What could make a small file a large
 * one is refused: document types (and so entities), deep nesting, endless values.
 */
import { type SaxesAttributePlain, SaxesParser, type SaxesTagPlain } from 'saxes'
import type { ByteSource } from '../../support/byte-source.ts'
import { UserError } from '../../support/user-error.ts'
import type { WarningTally } from './warning-tally.ts'
import { linesBefore, malformedXml, replaceBareAmpersands } from './xml-faults.ts'

export type XmlAttributes = Readonly<Record<string, string>>

export type XmlHandlers = {
  readonly open: (name: string, attributes: XmlAttributes) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

export type XmlOptions = {
  readonly warnings: WarningTally
  /** The only document type that is let through. */
  readonly doctype?: RegExp
}

/** Playlist folders are the deepest nesting there is; one of Traktor is two elements. */
const MOST_DEPTH = 4096
const MOST_ATTRIBUTES = 512
/** Ten times those of a large library with all its cues. */
const MOST_ELEMENTS = 4_000_000
/** Of one text, comment or attribute; the audio fingerprints of Traktor have some hundred. */
const LONGEST_VALUE_BYTES = 4 * 2 ** 20
const CHUNK_BYTES = 2 ** 16
const LONGEST_SHOWN = 120
const MOST_ODDITIES = 10_000

/** What is read over, and what is said of it. Programs copy control characters from tags into their files; some leave zeros at the end. */
const TOLERABLE = [
  [
    /disallowed character\.$|undefined entity\.$|malformed character entity\.$/,
    'A character that XML does not allow was passed over.',
  ],
  [/^duplicate attribute/, 'A value that stands twice in an element was read once.'],
  [/^text data outside of root node/, 'Text before or after the library was passed over.'],
] as const
/** Names the root and brings nothing along. */
const BARE_DOCTYPE = /^\s*[\w:.-]+\s*$/

/** The parser would take all up to the next semicolon for the name of one; this name stands for the character itself. */
const BARE_AMPERSAND_NAME = 'algiers-bare-ampersand'
const BARE_AMPERSAND = `&${BARE_AMPERSAND_NAME};`
/** A reference may begin in one piece of the file and end in the next. */
const UNENDED_REFERENCE = /&[^;\s<>"'&]{0,40}$/

const BEFORE_DECLARATION = /^[\s\ufeff]+(?=<\?xml)/
const DECLARED_ENCODING = /^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/

/** @returns a name for `TextDecoder`; a file of single bytes that calls itself UTF-16 is not */
const encodingOfXml = (source: ByteSource): string => {
  const bytes = source.subarray(0, 300)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le'
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be'
  const declared = DECLARED_ENCODING.exec(new TextDecoder('latin1').decode(bytes))?.[1]
  const isOfBytes = declared !== undefined && !/^utf-?16|^ucs|^utf-?32/i.test(declared)
  return isOfBytes && isKnownEncoding(declared) ? declared.toLowerCase() : 'utf-8'
}

const isDecodable = (bytes: ByteSource, decoder: TextDecoder): boolean => {
  try {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
      decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

const isKnownEncoding = (encoding: string): boolean => {
  try {
    return new TextDecoder(encoding).encoding !== ''
  } catch {
    return false
  }
}

const shorten = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text)

/** @throws UserError IMPORT_MALFORMED with the line */
export const readXml = (bytes: ByteSource, handlers: XmlHandlers, { warnings, doctype }: XmlOptions): void => {
  const parser = new SaxesParser()
  parser.ENTITIES[BARE_AMPERSAND_NAME] = '&'
  const fail = (what: string): never => {
    throw new UserError('IMPORT_MALFORMED', `Line ${parser.line}: ${what}`)
  }
  let [depth, elements, attributes, oddities, lastEventAt, at] = [0, 0, 0, 0, 0, 0]
  const hear = (): void => {
    lastEventAt = at
  }
  parser.on('error', ({ message }: Error) => {
    const what = message.replace(/^[^ ]*:\d+:\d+: /, '').replace(/^\d+:\d+: /, '')
    const tolerable = TOLERABLE.find(([pattern]) => pattern.test(what))
    if (tolerable === undefined) throw malformedXml(parser.line, shorten(what))
    if (++oddities > MOST_ODDITIES) fail(`there are more than ${MOST_ODDITIES.toLocaleString('en-GB')} faults.`)
    warnings.add(tolerable[1], `line ${parser.line}`)
  })
  parser.on('doctype', (text: string) => {
    hear()
    if (!BARE_DOCTYPE.test(text) && !doctype?.test(text.trim())) fail('a document type is not expected here.')
  })
  parser.on('opentagstart', () => {
    hear()
    attributes = 0
    if (++elements > MOST_ELEMENTS) fail(`there are more than ${MOST_ELEMENTS.toLocaleString('en-GB')} elements.`)
    if (++depth > MOST_DEPTH) fail(`elements are nested more than ${MOST_DEPTH} deep.`)
  })
  parser.on('attribute', (_: SaxesAttributePlain) => {
    hear()
    if (++attributes > MOST_ATTRIBUTES) fail(`an element has more than ${MOST_ATTRIBUTES} attributes.`)
  })
  parser.on('opentag', (tag: SaxesTagPlain) => handlers.open(tag.name, tag.attributes))
  parser.on('text', (text: string) => {
    hear()
    handlers.text?.(text)
  })
  parser.on('cdata', (text: string) => {
    hear()
    handlers.text?.(text.replaceAll(BARE_AMPERSAND, '&'))
  })
  parser.on('comment', hear)
  parser.on('processinginstruction', hear)
  parser.on('closetag', (tag: SaxesTagPlain) => {
    hear()
    depth--
    handlers.close?.(tag.name)
  })
  const encoding = encodingOfXml(bytes)
  const isAsDeclared = encoding !== 'utf-8' || isDecodable(bytes, new TextDecoder(encoding, { fatal: true }))
  if (!isAsDeclared) warnings.add('The file is not in UTF-8; it was read as text of a Western Windows.', null)
  const decoder = new TextDecoder(isAsDeclared ? encoding : 'windows-1252')
  const write = (text: string): void => {
    let place = ''
    const mended = replaceBareAmpersands(text, BARE_AMPERSAND, (first) => {
      place ||= `line ${parser.line + linesBefore(text, first)}`
      warnings.add('An "&" stands alone where XML needs "&amp;": it was read as it is.', place)
    })
    parser.write(mended)
  }
  let rest = ''
  for (at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const decoded = decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true })
    // The parser wants nothing before a declaration.
    const text = rest + (at === 0 ? decoded.replace(BEFORE_DECLARATION, '') : decoded)
    rest = UNENDED_REFERENCE.exec(text)?.[0] ?? ''
    write(text.slice(0, text.length - rest.length))
    if (at - lastEventAt > LONGEST_VALUE_BYTES) fail(`a value is longer than ${LONGEST_VALUE_BYTES / 2 ** 20} MB.`)
  }
  write(rest + decoder.decode())
  parser.close()
}

const SNIFFED_BYTES = 2 ** 16
/** What may stand before the root, by its beginning and its end. */
const PROLOGUE = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!DOCTYPE', '>'],
] as const
/** Where a document type ends that has declarations of its own: it is read over here, and refused by whoever reads the file. */
const DECLARATIONS = /^<!DOCTYPE[^>[]*\[[^\]]*\]\s*>/
const ROOT = /^<([A-Za-z_][\w.:-]*)/

/** Looks at the beginning only. @returns the name of the root, null for what is no XML */
export const findXmlRoot = (bytes: ByteSource): string | null => {
  let text = new TextDecoder(encodingOfXml(bytes)).decode(bytes.subarray(0, SNIFFED_BYTES)).trimStart()
  for (;;) {
    text = text.replace(DECLARATIONS, '').trimStart()
    const found = PROLOGUE.find(([start]) => text.startsWith(start))
    if (found === undefined) return ROOT.exec(text)?.[1] ?? null
    const end = text.indexOf(found[1])
    if (end < 0) return null
    text = text.slice(end + found[1].length).trimStart()
  }
}
