import fc from 'fast-check'
import { expect, test } from 'vitest'
import { offeredReadings, repairTags, tagsAs } from './tag-readings.ts'
import { EMPTY_TAGS, type TrackTags } from './track-tags.ts'

/** Text as it stands in a file whose bytes were taken for Latin-1. */
const asLatin1 = (...bytes: readonly number[]): string => String.fromCharCode(...bytes)
const utf8AsLatin1 = (text: string): string => asLatin1(...new TextEncoder().encode(text))
const utf8AsWindows1252 = (text: string): string =>
  new TextDecoder('windows-1252').decode(new TextEncoder().encode(text))
const ofTitle = (title: string): TrackTags => ({ ...EMPTY_TAGS, title })
const repaired = (title: string): string | null => repairTags(ofTitle(title)).title

test.each([
  'Beyoncé',
  'Voilà',
  'Björk',
  'Sigur Rós – Ágætis',
  'Кино',
  'Здравствуй',
  '宇多田ヒカル',
  '방탄소년단',
  '“Don’t”',
  'שלום',
  'เพลง',
])('UTF-8 that was read as Latin-1 or windows-1252 is put right: %s', (text) => {
  expect(repaired(utf8AsLatin1(text))).toBe(text)
  expect(repaired(utf8AsWindows1252(text))).toBe(text)
})

const NAMES = [
  'Beyoncé',
  'Motörhead',
  'Mötley Crüe',
  'Sigur Rós',
  'Ágætis byrjun',
  'Þýðing',
  'naïve',
  'Señorita',
  'Françoise',
  'São Paulo',
  'Ænima',
  'Ólafur Arnalds',
  'À la carte',
  'ÉTÉ',
  'GRÖSSE',
  'Ça plane pour moi',
  'Ñu',
  'Ærø',
  'Øresund',
  'Ümlaut',
  'AMANHÃ',
  'IRMÃ',
  'MALMÖ',
  'TROMSØ',
  'GRÅ',
  'CAFÉ',
  'CANTÂ',
]
const SIGNS = [
  '™',
  '’',
  '”',
  '–',
  '—',
  '•',
  '®',
  '²',
  '°C',
  '»',
  ' »',
  '«',
  '…',
  '¿',
  '¡',
  '½',
  ' & ',
  ' / ',
  '\u00a0!',
  '',
]

test('plain Latin-1 text is never put right', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...SIGNS)), { minLength: 1, maxLength: 6 }),
      (parts) => {
        const text = parts.map(([name, sign]) => name + sign).join(' ')
        expect(repaired(text)).toBe(text)
      },
    ),
  )
})

/** Lower case accented letters stand alone or in pairs among others; capitals begin words or fill them. */
const vowelled = fc.stringMatching(
  /^[A-ZÄÖÜÉÈÀÅØÆÇÑ][a-z]{1,4}[éèêëàáâäãåíìîïóòôöõøúùûüçñßæð]?[a-z]{1,4}[éèêàáäåíóöøúüñ]?$/,
)

test('nor are words with an accent here and there', () => {
  fc.assert(
    fc.property(fc.array(vowelled, { minLength: 1, maxLength: 5 }), (words) => {
      const text = words.join(' ')
      expect(repairTags(ofTitle(text))).toEqual(ofTitle(text))
      expect(repaired(text.toUpperCase())).toBe(text.toUpperCase())
    }),
  )
})

test('UTF-8 in place of Latin-1 is put right, or offered where it cannot be told from what was meant', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zа-яёα-ω ]{1,20}$/u), (text) => {
      const tags = repairTags(ofTitle(utf8AsLatin1(text)))
      const readings = [tags, ...offeredReadings(tags)].map(({ title }) => title)
      expect(readings).toContain(text)
      if (/\P{ASCII}{3}/u.test(text)) expect(tags.title).toBe(text)
    }),
  )
})

// iconv -t windows-1251, koi8-r, shift_jis, gbk
test.each([
  ['Кино', [0xca, 0xe8, 0xed, 0xee]],
  ['Земфира', [0xc7, 0xe5, 0xec, 0xf4, 0xe8, 0xf0, 0xe0]],
  ['Кино', [0xeb, 0xc9, 0xce, 0xcf]],
  ['さくら', [0x82, 0xb3, 0x82, 0xad, 0x82, 0xe7]],
  ['月亮代表', [0xd4, 0xc2, 0xc1, 0xc1, 0xb4, 0xfa, 0xb1, 0xed]],
])('%s in the code page of its alphabet is put right where only one makes sense', (text, bytes) => {
  expect(repaired(asLatin1(...bytes))).toBe(text)
})

test('the fields of a track are judged together, and names in plain Latin-1 beside Cyrillic leave it open', () => {
  const kino = asLatin1(0xca, 0xe8, 0xed, 0xee)
  expect(repairTags({ ...ofTitle('Live'), artist: kino, artists: [kino] })).toMatchObject({
    title: 'Live',
    artist: 'Кино',
    artists: ['Кино'],
  })
  expect(repaired(`${kino} & Beyoncé`)).toBe(`${kino} & Beyoncé`)
})

test('what is likely and not certain is offered, and read so once a person says so', () => {
  const tags = ofTitle(asLatin1(0xca, 0xc8, 0xcd, 0xce))
  expect(repairTags(tags)).toEqual(tags)
  expect(offeredReadings(tags)).toContainEqual({ encoding: 'windows-1251', title: 'КИНО', artist: null, album: null })
  expect(tagsAs(tags, 'windows-1251').title).toBe('КИНО')
  expect(tagsAs(tags, 'as written')).toEqual(tags)
})

test.each(['Motörhead', 'Þýðing', 'ÉTÉ', 'Кино', 'plain'])('for %s nothing is offered', (title) => {
  expect(offeredReadings(ofTitle(title))).toEqual([])
})
