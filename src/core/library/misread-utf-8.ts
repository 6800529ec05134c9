import { readBytesAs } from './misread-text.ts'

/** A lead byte of UTF-8 with the bytes that go with it, as Latin-1 or windows-1252 shows them. */
const SEQUENCE = /[\u00c2-\u00f4][^\p{ASCII}\u00c0-\u00ff]{1,3}/gu
/** Also as windows-1252 shows them, without the quotes, dashes and marks that may follow a word. */
const CONTROL = /[\u0080-\u009f]|[^\u2013\u2014\u2018-\u201e\u2022\u2026\u2122\p{ASCII}\u0080-\u00ff]/u
/** Letters of no tags: phonetic signs, and what is not assigned. */
const ODD = /[\u0250-\u02ff\p{Cc}\p{Cn}\p{Co}]/u

/**
 * Whether nobody writes this in Latin-1: it holds a control character, is followed by a letter, as symbols are not (but "Ø°C" among
 * capitals), has a capital in the middle of a word, or is a lone "Ã", which is no word. "CAFÉ®" may be meant so; "CafÃ©" cannot be.
 */
const isUnwritten = (text: string, at: number, sequence: string): boolean => {
  const [before, after] = [text[at - 1] ?? '', text[at + sequence.length] ?? '']
  const isAmongCapitals = /\p{Lu}/u.test(before) && /\p{Lu}/u.test(after)
  if (CONTROL.test(sequence) || (/\p{L}/u.test(after) && !isAmongCapitals)) return true
  return (
    /[\u00c2-\u00df]/u.test(sequence[0]!) && (/\p{Ll}/u.test(before) || (sequence[0] === 'Ã' && !/\p{L}/u.test(before)))
  )
}

/** @returns the text that was meant, where it is certain that UTF-8 was taken for Latin-1, else null */
export const certainUtf8 = (text: string): string | null => {
  const meant = readBytesAs(text, 'utf-8')
  if (meant === null || meant === text || ODD.test(meant.replace(/[\t\r\n]/g, ''))) return null
  const sequences = [...text.matchAll(SEQUENCE)]
  return sequences.some(({ 0: sequence, index }) => isUnwritten(text, index, sequence)) ? meant : null
}
