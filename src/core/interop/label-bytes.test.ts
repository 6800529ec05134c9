import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { decodeLabelBytes, openLabelFile } from './label-bytes.ts'

const TEXT = 'label;start;end\r\nGrößer;0;9\r\n'
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'))
const swapped = (bytes: Uint8Array): Uint8Array => new Uint8Array(Buffer.from(bytes).swap16())

test.each([
  ['UTF-8', strToU8(TEXT)],
  ['UTF-8 with a mark', strToU8(`\ufeff${TEXT}`)],
  ['UTF-16 with a mark', utf16(`\ufeff${TEXT}`)],
  ['UTF-16 the other way round', swapped(utf16(`\ufeff${TEXT}`))],
  ['UTF-16 without a mark', utf16(TEXT)],
  ['UTF-16 the other way round without a mark', swapped(utf16(TEXT))],
  ['windows-1252', new Uint8Array(Buffer.from(TEXT, 'latin1'))],
])('%s is text', (_what, bytes) => {
  expect(decodeLabelBytes(bytes)).toBe(TEXT)
})

test('an archive is its files, without folders and what a Mac adds', () => {
  const archive = zipSync({
    'a.jams': strToU8('{}'),
    'deep/b.txt': utf16('\ufeffü'),
    '__MACOSX/._a.jams': strToU8('x'),
    'deep/.DS_Store': strToU8('x'),
  })
  expect(openLabelFile('labels.zip', archive)).toEqual([
    { name: 'a.jams', text: '{}' },
    { name: 'deep/b.txt', text: 'ü' },
  ])
  expect(() => openLabelFile('labels.zip', archive.subarray(0, archive.length / 2))).toThrow(/archive is damaged/)
})

test('an archive of nothing, or of more than labels take, is refused by name', () => {
  expect(() => openLabelFile('labels.zip', zipSync({ '__MACOSX/._a': strToU8('x') }))).toThrow(
    'labels.zip has no files in it.',
  )
  const bomb = zipSync({ a: new Uint8Array(33 << 20), b: new Uint8Array(33 << 20) }, { level: 9 })
  expect(() => openLabelFile('labels.zip', bomb)).toThrow('labels.zip is far larger than labels need.')
})

test('a file of an archive is read wherever it says that it lies', () => {
  expect(openLabelFile('labels.zip', zipSync({ '../../a.lab': strToU8('0 1 intro') }))).toEqual([
    { name: '../../a.lab', text: '0 1 intro' },
  ])
})
