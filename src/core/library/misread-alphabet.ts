/** @file Tells which code page text was written in that was read as Latin-1, where only one makes sense of it. */
import { readBytesAs, type TextEncoding } from './misread-text.ts'

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{M}]+/gu) ?? []
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/** "мир", "Мир" and "МИР" are words, "мИР" and "Mир" are none. */
const isCasedWord = (word: string, script: RegExp): boolean =>
  [...word].every((letter) => script.test(letter)) && (/^\p{Lu}?\p{Ll}*$/u.test(word) || /^\p{Lu}+$/u.test(word))

const SIGNS = '\\p{ASCII}\\u00a0-\\u00bf\\u2013-\\u2026\\u2116\\u2122'
type Alphabet = {
  readonly encoding: TextEncoding
  /** All that text in it holds. */
  readonly text: RegExp
  /** The letters, where they have cases. */
  readonly cased?: RegExp
  /** What no text in it holds. */
  readonly never?: RegExp
}

/** A Thai vowel above or below its consonant that has none, or a vowel in front of none. */
const LOOSE_THAI_VOWEL =
  /(?<![\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[\u0e40-\u0e44](?![\u0e01-\u0e2e])/u

const SIGN_IN_WORD = /\p{L}[\u00a1-\u00bf]+\p{L}/u

/** The alphabets that are told apart. */
const ALPHABETS: readonly Alphabet[] = [
  {
    encoding: 'windows-1251',
    text: new RegExp(`^[\\p{Script=Cyrillic}${SIGNS}]*$`, 'u'),
    cased: /\p{Script=Cyrillic}/u,
    never: SIGN_IN_WORD,
  },
  { encoding: 'koi8-r', text: new RegExp(`^[\\p{Script=Cyrillic}${SIGNS}]*$`, 'u'), cased: /\p{Script=Cyrillic}/u },
  {
    encoding: 'windows-1253',
    text: new RegExp(`^[\\p{Script=Greek}${SIGNS}]*$`, 'u'),
    cased: /\p{Script=Greek}/u,
    never: SIGN_IN_WORD,
  },
  { encoding: 'windows-1255', text: new RegExp(`^[\\p{Script=Hebrew}${SIGNS}]*$`, 'u') },
  { encoding: 'windows-1256', text: new RegExp(`^[\\p{Script=Arabic}\\u060c\\u061b\\u061f${SIGNS}]*$`, 'u') },
  { encoding: 'windows-874', text: new RegExp(`^[\\p{Script=Thai}${SIGNS}]*$`, 'u'), never: LOOSE_THAI_VOWEL },
  {
    encoding: 'shift_jis',
    text: /^[\p{ASCII}\p{Script=Hiragana}\p{Script=Katakana}\u4e00-\u9fff\u3000-\u303f\u30fb\u30fc\uff01-\uff5e]*$/u,
  },
  { encoding: 'gbk', text: /^[\p{ASCII}\u4e00-\u9fff\u3000-\u303f\u2014-\u2026\uff01-\uff5e]*$/u },
  { encoding: 'big5', text: /^[\p{ASCII}\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e]*$/u },
  { encoding: 'euc-kr', text: /^[\p{ASCII}\p{Script=Hangul}\u3000-\u303f]*$/u },
]

const readsAs = ({ encoding, text: allowed, cased, never }: Alphabet, text: string): string | null => {
  const read = readBytesAs(text, encoding)
  if (read === null || !allowed.test(read) || never?.test(read)) return null
  const foreign = wordsOf(read).filter((word) => /\P{ASCII}/u.test(word))
  // A mark alone is no word.
  if (!foreign.every((word) => /^\p{L}/u.test(word))) return null
  return foreign.length > 0 && (cased === undefined || foreign.every((word) => isCasedWord(word, cased))) ? read : null
}

/** Nobody writes this in Latin-1: control characters, several accented letters in a row, or signs between letters. */
const looksMisread = (text: string): boolean =>
  /[\u0080-\u009f]/u.test(text) ||
  /(?<![A-Za-z])[\u00c0-\u00ff]{3,}(?![A-Za-z])/u.test(text) ||
  /[\u00a1-\u00bf][\u00c0-\u00ff]|[\u00c0-\u00ff][\u00a1-\u00bf]{2}/u.test(text)

/** The encodings in which text that looks misread makes sense. */
export const possibleEncodings = (text: string): readonly TextEncoding[] =>
  looksMisread(text)
    ? ALPHABETS.filter((alphabet) => readsAs(alphabet, text) !== null).map(({ encoding }) => encoding)
    : []

/** Seven of ten letters of Russian text, and more of Bulgarian and Ukrainian. */
const COMMON_CYRILLIC = /[оеаинтсрвлкмОЕАИНТСРВЛКМ]/gu
const LEAST_COMMON_SHARE = 0.6
const LEAST_CYRILLIC_LETTERS = 4
/** A word that begins with a capital tells windows-1251 from KOI8-R, where the cases are the other way round. */
const CAPITALISED_CYRILLIC = /(?<!\p{L})\p{Lu}\p{Ll}{2,}/u
/** Greek words have one accent each. */
const GREEK_ACCENT = /[άέήίόύώΆΈΉΊΌΎΏ]/gu

const isGreek = (text: string): boolean =>
  possibleEncodings(text).includes('windows-1253') &&
  wordsOf(readBytesAs(text, 'windows-1253')!).every(
    (word) => word.length < 3 || !/\p{Script=Greek}/u.test(word) || count(word, GREEK_ACCENT) === 1,
  )

const isSurelyCyrillic = (text: string, encoding: 'windows-1251' | 'koi8-r'): boolean => {
  const read = possibleEncodings(text).includes(encoding) ? readBytesAs(text, encoding)! : ''
  const letters = count(read, /\p{Script=Cyrillic}/gu)
  if (letters < LEAST_CYRILLIC_LETTERS || !CAPITALISED_CYRILLIC.test(read)) return false
  if (count(read, COMMON_CYRILLIC) < LEAST_COMMON_SHARE * letters) return false
  const hasVowels = wordsOf(read).every((word) => word.length < 4 || /[a-zаеёиоуыэюяіїє]/iu.test(word))
  return hasVowels && !isGreek(text)
}

/** Fewer characters may be anything. */
const LEAST_HAN = 4
/** The common characters of GB 2312 begin with these bytes; those of Korean end before the second of the marks. */
const COMMON_HAN_LEADS = /^[\u00b0-\u00d7]/u
const NOT_HANGUL_LEADS = /^[\u00c9-\u00d7]/u

const isSurelyChinese = (text: string): boolean => {
  const possible = possibleEncodings(text)
  if (
    !possible.includes('gbk') ||
    (['windows-1251', 'koi8-r', 'windows-1253', 'windows-874'] as const).some((one) => possible.includes(one))
  )
    return false
  const pairs = text.match(/[\u0080-\u00ff]{2}/gu) ?? []
  if (pairs.length < LEAST_HAN || pairs.length * 2 !== count(text, /[\u0080-\u00ff]/gu)) return false
  return (
    pairs.every((pair) => COMMON_HAN_LEADS.test(pair) && pair[1]! >= '\u00a1') &&
    pairs.some((pair) => NOT_HANGUL_LEADS.test(pair)) &&
    /[\u00a1-\u00bf]/u.test(pairs.join(''))
  )
}

const LEAST_KANA = 2
/** Letters of ASCII that stand for each sign, where the signs are those of windows-1252. */
const LETTERS_PER_SIGN = 3

/** Curly quotes, dashes and an ellipsis among plain letters. */
const isSurelyTypographic = (text: string): boolean => {
  const controls = count(text, /[\u0080-\u009f]/gu)
  const signs = count(text, /(?<![\u0080-\u00ff])[\u0085\u0091-\u0097](?![\u0080-\u00ff])/gu)
  return controls > 0 && signs === controls && count(text, /[A-Za-z]/g) >= LETTERS_PER_SIGN * signs
}

/** @returns the only code page in which the text makes sense, where that is certain, else null */
export const certainEncoding = (text: string): TextEncoding | null => {
  if (isSurelyTypographic(text)) return 'windows-1252'
  const japanese = possibleEncodings(text).includes('shift_jis') ? readBytesAs(text, 'shift_jis')! : ''
  if (count(japanese, /[\u3041-\u3096\u30a1-\u30fa]/gu) >= LEAST_KANA) return 'shift_jis'
  const cyrillic = (['windows-1251', 'koi8-r'] as const).find((encoding) => isSurelyCyrillic(text, encoding))
  return cyrillic ?? (isSurelyChinese(text) ? 'gbk' : null)
}
