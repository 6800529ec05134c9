/** Names of General MIDI, as the recipe that renders them declares them; they are the tags of its clips. */
import { readFileSync } from 'node:fs'

const source = readFileSync(new URL('../general_midi.py', import.meta.url), 'utf8')

const namesOf = (constant: string): readonly string[] => {
  const [, names] = new RegExp(`^${constant} = "+(.*?)"+\\.split`, 'm').exec(source) ?? []
  if (names === undefined) throw new Error(`general_midi.py declares no ${constant}`)
  return names.split('|')
}

/** By program, from 0. */
export const INSTRUMENTS = namesOf('INSTRUMENTS')
/** Eight programs each. */
export const FAMILIES = namesOf('FAMILIES')
/** By key, from 35. */
export const PERCUSSION = namesOf('PERCUSSION')
export const FIRST_DRUM_KEY = 35
/** The last family of programs is of sounds, not of instruments. */
export const SOUND_FAMILY = FAMILIES.at(-1)!

/** Names of groups of drums with the places of their members in `PERCUSSION`. */
export const DRUM_GROUPS: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  [
    ...(/^DRUM_GROUPS = \{(.*)\}$/m.exec(source)?.[1] ?? '').matchAll(/"([^"]+)": (?:range\((\d+)\)|\(([\d, ]+)\))/g),
  ].map(([, name, count, places]) => [
    name!,
    count === undefined ? places!.split(', ').map(Number) : Array.from({ length: Number(count) }, (_, place) => place),
  ]),
)
