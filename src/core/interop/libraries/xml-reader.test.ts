import { expect, test } from 'vitest'
import { createWarningTally } from './warning-tally.ts'
import { findXmlRoot, readXml } from './xml-reader.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const read = (bytes: Uint8Array) => {
  const warnings = createWarningTally()
  const seen: string[] = []
  readXml(
    bytes,
    {
      open: (name, attributes) =>
        seen.push(
          `<${name}${Object.values(attributes)
            .map((value) => ` ${value}`)
            .join('')}`,
        ),
      text: (text) => seen.push(text),
    },
    { warnings },
  )
  return { seen, warnings: warnings.list() }
}

const BOMB = `<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>`
test.each([
  ['entities of its own', BOMB, 'Line 1: a document type is not expected here.'],
  [
    'a document type elsewhere',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    'Line 1: a document type is not expected',
  ],
  ['deep nesting', '<a>'.repeat(5000), 'Line 1: elements are nested more than 4096 deep.'],
  [
    'many attributes',
    `<a ${Array.from({ length: 600 }, (_, at) => `a${at}=""`).join(' ')}/>`,
    'more than 512 attributes',
  ],
  ['an endless value', `<a b="${'x'.repeat(5 * 2 ** 20)}`, 'a value is longer than 4 MB.'],
  ['an end in the middle', '<a>\n<b c="d">', 'Line 2: unclosed tag'],
  ['no XML', 'PMAI', 'Line 1: '],
  ['nothing', '', 'Line 1: document must contain a root element.'],
])('%s is refused with its line', (_, text, message) => {
  expect(() => read(bytesOf(text))).toThrow(
    expect.objectContaining({ code: 'IMPORT_MALFORMED', message: expect.stringContaining(message) }),
  )
})

test('characters that XML forbids and entities that nobody declared are passed over and counted', () => {
  const { seen, warnings } = read(bytesOf('<a>\n<b c="x\u0001y"/>&nbsp;&#11;</a>'))
  expect(seen).toContain('<b x\u0001y')
  expect(warnings).toEqual([
    { text: 'A character that XML does not allow was passed over.', place: 'line 2', count: 3 },
  ])
})

test('an & that stands alone is read as it is, with its line, wherever it stands', () => {
  const { seen, warnings } = read(
    bytesOf('<a>\n<b c="R&B; Tom & Jerry" d="x &amp; y"/>\n&<![CDATA[p & q &amp; r]]> &;</a>'),
  )
  expect(seen).toEqual(['<a', '\n', '<b R&B; Tom & Jerry x & y', '\n&', 'p & q &amp; r', ' &;'])
  expect(warnings).toMatchObject([
    { text: expect.stringContaining('"&" stands alone'), place: 'line 2', count: 4 },
    { place: 'line 2', count: 1 },
  ])
})

test('a reference may lie where one piece of the file ends', () => {
  for (const before of [2 ** 16 - 4, 2 ** 16 - 5, 2 ** 16 - 8, 2 ** 16 - 9])
    expect(read(bytesOf(`<a>${'x'.repeat(before)}&amp; & y</a>`)).seen.join('')).toBe(`<a${'x'.repeat(before)}& & y`)
})

test('UTF-16, a byte order mark, and Latin text that calls itself UTF-8', () => {
  const text = '<?xml version="1.0" encoding="UTF-16"?><a b="é"/>'
  const utf16 = Uint8Array.from([0xff, 0xfe, ...new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer)])
  expect(read(utf16).seen).toEqual(['<a é'])
  expect(read(bytesOf('\ufeff<a b="é"/>')).seen).toEqual(['<a é'])
  const latin = Uint8Array.from('<?xml version="1.0" encoding="UTF-8"?><a b="é"/>', (c) => c.charCodeAt(0))
  expect(read(latin)).toEqual({
    seen: ['<a é'],
    warnings: [{ text: 'The file is not in UTF-8; it was read as text of a Western Windows.', place: null, count: 1 }],
  })
})

test.each([
  ['lines before the declaration', '\ufeff\n \r\n<?xml version="1.0"?><a b="é"/>', []],
  ['two byte order marks', '\ufeff\ufeff<?xml version="1.0"?><a b="é"/>', []],
  ['an encoding that nobody knows', '<?xml version="1.0" encoding="ANSI-klingon"?><a b="é"/>', []],
  ['the encoding of a Python program', '<?xml version="1.0" encoding="utf-8-sig"?><a b="é"/>', []],
  ['a document type without contents', '<!DOCTYPE a><a b="é"/>', []],
  ['a value that stands twice', '<a b="x" b="é"/>', ['A value that stands twice in an element was read once.']],
  ['text after the end', '<a b="é"/>\nEND', ['Text before or after the library was passed over.']],
])('%s changes nothing of what is read', (_, text, warned) => {
  const { seen, warnings } = read(bytesOf(text))
  expect(seen.filter((one) => one.trim() !== '' && one.trim() !== 'END')).toEqual(['<a é'])
  expect(warnings.map((warning) => warning.text)).toEqual(warned)
  expect(findXmlRoot(bytesOf(text))).toBe('a')
})

test('zeros that a program left at the end are passed over', () => {
  const { warnings } = read(bytesOf(`<a/>${'\0'.repeat(4096)}`))
  expect(warnings.map(({ text }) => text)).toEqual([
    'A character that XML does not allow was passed over.',
    'Text before or after the library was passed over.',
  ])
})

test('a character of several bytes may lie where one piece of the file ends', () => {
  const text = `<a>${'é'.repeat(2 ** 16)}</a>`
  expect(read(bytesOf(text)).seen).toEqual(['<a', 'é'.repeat(2 ** 16)])
})

test('the root is found behind comments, and a comment that never ends hides it', () => {
  expect(findXmlRoot(bytesOf('<?xml version="1.0"?>\n<!-- a --><!-- <b> --><c d="e">'))).toBe('c')
  expect(findXmlRoot(bytesOf('<!----'.repeat(10_000)))).toBeNull()
})
