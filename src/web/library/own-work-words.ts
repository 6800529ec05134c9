import type { Answer } from '../../api/operations/client.ts'
import { countText } from '../../core/units/count-text.ts'

/** What a person had made of tracks that are to be removed. */
export type OwnWork = Answer<'removeTracks'>['lost']

type Part = Exclude<keyof OwnWork, 'tracks'>

/** Of every kind of work, so that none goes unsaid. */
const WORDS: Readonly<Record<Part, (count: number, isOneTrack: boolean) => string>> = {
  labels: (count) => countText(count, 'label'),
  edited_grids: (count) => countText(count, 'edited grid'),
  decisions: (count) => countText(count, 'decision about a suggestion', 'decisions about suggestions'),
  notes: () => 'your notes',
  tag_readings: () => 'your reading of the tags',
  in_playlists: (_, isOneTrack) => `${isOneTrack ? 'its place' : 'their places'} in playlists`,
  in_sets: (_, isOneTrack) => `${isOneTrack ? 'its place' : 'their places'} in sets`,
  transitions: (count) => countText(count, 'transition of your own', 'transitions of your own'),
}

/** What goes with tracks, part by part. */
export const ownWorkWords = (work: OwnWork): readonly string[] =>
  (Object.keys(WORDS) as readonly Part[])
    .filter((part) => work[part] > 0)
    .map((part) => WORDS[part](work[part], work.tracks === 1))
