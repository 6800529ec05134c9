import { pick, randomFor } from './draw.ts'
import type { Genre } from './genre.ts'
import { planTrack, type TrackPlan } from './track-plan.ts'

/** A track of the demo library; the id names its files. */
export type LibraryTrack = { readonly id: string; readonly plan: TrackPlan }

/*
 * Verse and chorus occur in the song genres only: ten of 24, spread so that any usual choice of two thirds has at least ten
 * sections of every kind (training asks for ten).
 */
const ROTA: readonly Genre[] = [
  'house',
  'electro-pop',
  'techno',
  'hip-hop',
  'drum-and-bass',
  'vocal-house',
  'trance',
  'synth-pop',
  'tech-house',
  'uk-garage',
  'dubstep',
  'electro-pop',
  'breakbeat',
  'hardstyle',
  'hip-hop',
  'acid-techno',
  'vocal-house',
  'house',
  'synth-pop',
  'drum-and-bass',
  'electro',
  'uk-garage',
  'trance',
  'techno',
]

/** Invented artists and what they make; each gets one to three tracks of 24. */
const ARTISTS: readonly { readonly name: string; readonly genres: readonly Genre[] }[] = [
  { name: 'Marla Voss', genres: ['house', 'tech-house'] },
  { name: 'Kasbah Circuit', genres: ['techno', 'acid-techno'] },
  { name: 'North Pier', genres: ['trance', 'hardstyle'] },
  { name: 'Halftone', genres: ['drum-and-bass', 'breakbeat'] },
  { name: 'Low Meridian', genres: ['dubstep', 'drum-and-bass', 'hip-hop'] },
  { name: 'Juno Alder', genres: ['electro-pop', 'synth-pop'] },
  { name: 'The Paper Lanterns', genres: ['synth-pop', 'electro-pop'] },
  { name: 'Sable & Finch', genres: ['vocal-house', 'house'] },
  { name: 'Tariq Lemaire', genres: ['uk-garage', 'vocal-house'] },
  { name: 'Cassette Park', genres: ['hip-hop', 'electro'] },
  { name: 'Oriel', genres: ['trance', 'techno'] },
  { name: 'Second Ferry', genres: ['uk-garage', 'breakbeat'] },
]

const FIRST_WORDS = [
  'Salt',
  'Amber',
  'Night',
  'Paper',
  'Cobalt',
  'Slow',
  'Glass',
  'Desert',
  'Velvet',
  'Hollow',
  'Silver',
  'Distant',
]
const SECOND_WORDS = [
  'Engine',
  'Harbour',
  'Signal',
  'Garden',
  'Circles',
  'Avenue',
  'Fever',
  'Lanterns',
  'Motion',
  'Terrace',
  'Weather',
  'Mirage',
]

const leastUsed = (genre: Genre, used: ReadonlyMap<string, number>): string =>
  ARTISTS.filter(({ genres }) => genres.includes(genre))
    .map(({ name }) => name)
    .reduce((best, name) => ((used.get(name) ?? 0) < (used.get(best) ?? 0) ? name : best))

/** A library as data: the same seed gives the same tracks, and a longer library begins with the tracks of a shorter one. */
export const planLibrary = (seed: number, count: number): readonly LibraryTrack[] => {
  const random = randomFor(seed, 'titles')
  const used = new Map<string, number>()
  const titles = new Set<string>()
  return Array.from({ length: count }, (_, index) => {
    const genre = ROTA[index % ROTA.length]!
    const artist = leastUsed(genre, used)
    used.set(artist, (used.get(artist) ?? 0) + 1)
    const words = `${pick(FIRST_WORDS, random)} ${pick(SECOND_WORDS, random)}`
    const title = titles.has(words) ? `${words} ${index + 1}` : words
    titles.add(title)
    const number = String(index + 1).padStart(2, '0')
    const id = `${number}-${title.toLowerCase().replaceAll(' ', '-')}`
    return { id, plan: { ...planTrack(seed * 1000 + index, genre), title, artist } }
  })
}
