import { countText } from '../../core/units/count-text.ts'
import type { GraphTrack } from './graph-model.ts'

export const COLOURINGS = ['key', 'energy', 'tag', 'genre', 'playlist'] as const
export type Colouring = (typeof COLOURINGS)[number]

type LegendLine = { readonly name: string; readonly colour: string; readonly tracks: number }
export type Colours = { readonly colourOf: (track: GraphTrack) => string; readonly legend: readonly LegendLine[] }

/** For tracks that do not have what the colours stand for; seen on light and dark ground alike. */
export const UNCOLOURED = '#7c7c8f'
/** Told apart by most eyes, also without red or green: Okabe and Ito's colours, darker where they are too light. */
const DISTINCT = ['#e69f00', '#56b4e9', '#009e73', '#d55e00', '#cc79a7', '#0072b2', '#b8a90f', '#9d7bd8'] as const
/** From calm to energetic, ever lighter to warmer. */
const ENERGY = ['#3b528b', '#2c7fb8', '#21918c', '#5ec962', '#c9b51d', '#f59e0b', '#ef5b3b'] as const
const ENERGIES = 10

const channel = (value: number): string =>
  Math.round(value * 255)
    .toString(16)
    .padStart(2, '0')

/** @param hue in degrees @param saturation 0 to 1 @param lightness 0 to 1 */
const hex = (hue: number, saturation: number, lightness: number): string => {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const part = (offset: number): number => {
    const turn = (offset + hue / 30) % 12
    return lightness - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))
  }
  return `#${channel(part(0))}${channel(part(8))}${channel(part(4))}`
}

/** A colour of the page on another, so much of it; lines that let others through would add up to white. */
export const laidOn = (ground: string, colour: string, share: number): string => {
  const partOf = (one: string, at: number): number => Number.parseInt(one.slice(at, at + 2), 16) / 255
  return `#${[1, 3, 5].map((at) => channel(partOf(ground, at) * (1 - share) + partOf(colour, at) * share)).join('')}`
}

/** As the badges of keys: neighbours on the wheel have neighbouring hues; minor is darker. */
const keyColour = (camelot: string): string =>
  hex((Number.parseInt(camelot, 10) - 1) * 30, 0.65, camelot.endsWith('A') ? 0.48 : 0.64)

const energyColour = (energy: number): string =>
  ENERGY[Math.min(ENERGY.length - 1, Math.floor(((energy - 1) / ENERGIES) * ENERGY.length))]!

const countsBy = (tracks: readonly GraphTrack[], nameIn: (track: GraphTrack) => string | null) => {
  const counts = new Map<string | null, number>()
  for (const track of tracks) {
    const value = nameIn(track)
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

const unknownLine = (tracks: number, name: string): readonly LegendLine[] =>
  tracks === 0 ? [] : [{ name, colour: UNCOLOURED, tracks }]

const byKey = (tracks: readonly GraphTrack[]): Colours => {
  const counts = countsBy(tracks, ({ camelot }) => camelot)
  const keys = [...counts.keys()].filter((key) => key !== null)
  const order = (key: string): number => 2 * Number.parseInt(key, 10) + (key.endsWith('A') ? 0 : 1)
  return {
    colourOf: ({ camelot }) => (camelot === null ? UNCOLOURED : keyColour(camelot)),
    legend: [
      ...keys
        .sort((one, other) => order(one) - order(other))
        .map((name) => ({ name, colour: keyColour(name), tracks: counts.get(name)! })),
      ...unknownLine(counts.get(null) ?? 0, 'no key found'),
    ],
  }
}

const byEnergy = (tracks: readonly GraphTrack[]): Colours => {
  const counts = countsBy(tracks, ({ energy }) => (energy === null ? null : energyColour(energy)))
  const rangeOf = (colour: string): string => {
    const own = Array.from({ length: ENERGIES }, (_, at) => at + 1).filter((energy) => energyColour(energy) === colour)
    return own.length === 1 ? `energy ${own[0]}` : `energy ${own[0]}–${own.at(-1)}`
  }
  return {
    colourOf: ({ energy }) => (energy === null ? UNCOLOURED : energyColour(energy)),
    legend: [
      ...ENERGY.map((colour) => ({ name: rangeOf(colour), colour, tracks: counts.get(colour) ?? 0 })),
      ...unknownLine(counts.get(null) ?? 0, 'not known'),
    ],
  }
}

/** The commonest values get colours of their own. */
const byValue = (
  tracks: readonly GraphTrack[],
  nameIn: (track: GraphTrack) => string | null,
  missing: string,
): Colours => {
  const counts = countsBy(tracks, nameIn)
  const names = [...counts.keys()]
    .filter((name) => name !== null)
    .sort((one, other) => counts.get(other)! - counts.get(one)! || one.localeCompare(other))
  const shown = names.slice(0, DISTINCT.length)
  const colours = new Map(shown.map((name, at) => [name, DISTINCT[at]!]))
  const others = names.slice(shown.length)
  const rest = others.reduce((sum, name) => sum + counts.get(name)!, 0)
  return {
    colourOf: (track) => colours.get(nameIn(track) ?? '') ?? UNCOLOURED,
    legend: [
      ...shown.map((name) => ({ name, colour: colours.get(name)!, tracks: counts.get(name)! })),
      ...unknownLine(rest, countText(others.length, 'other')),
      ...unknownLine(counts.get(null) ?? 0, missing),
    ],
  }
}

export type Playlist = { readonly name: string; readonly ids: ReadonlySet<number> }

/** @param playlist whose tracks stand out, where that is what colours show */
export const coloursOf = (tracks: readonly GraphTrack[], by: Colouring, playlist: Playlist | null): Colours => {
  if (by === 'key') return byKey(tracks)
  if (by === 'energy') return byEnergy(tracks)
  if (by === 'tag') return byValue(tracks, ({ tag }) => tag, 'no sound told')
  if (by === 'genre') return byValue(tracks, ({ genre }) => genre, 'no genre in the file')
  return byValue(tracks, ({ id }) => (playlist?.ids.has(id) ? playlist.name : null), 'not in it')
}
